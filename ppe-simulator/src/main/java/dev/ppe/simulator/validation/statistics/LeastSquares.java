package dev.ppe.simulator.validation.statistics;

/**
 * Linear least squares by Gram-Schmidt orthogonalisation (in its modified form, which rounds well):
 * the coefficients c that make sum over rows of (terms . c - target)^2 least.
 */
public final class LeastSquares {
  /** A term that is this close to a combination of those before it says nothing new. */
  private static final double DEPENDENT = 1e-9;

  private LeastSquares() {}

  /**
   * The coefficients, one for each term.
   *
   * @param terms for each row the values of the terms, as many in each
   * @param targets for each row what they shall add up to
   * @return a coefficient of 0 for a term that depends on those before it
   */
  public static double[] fit(double[][] terms, double[] targets) {
    if (terms.length == 0 || terms.length != targets.length) {
      throw new IllegalArgumentException(
          "%d rows of terms for %d targets".formatted(terms.length, targets.length));
    }
    int count = terms[0].length;
    double[][] basis = new double[count][];
    double[][] triangle = new double[count][count];
    for (int j = 0; j < count; j++) {
      double[] column = column(terms, j);
      double length = length(column);
      for (int i = 0; i < j; i++) {
        triangle[i][j] = dot(basis[i], column);
        subtract(column, triangle[i][j], basis[i]);
      }
      double rest = length(column);
      boolean dependent = rest <= DEPENDENT * length;
      triangle[j][j] = dependent ? 0 : rest;
      basis[j] = scaled(column, dependent ? 0 : 1 / rest);
    }
    return solve(triangle, basis, targets.clone());
  }

  private static double[] solve(double[][] triangle, double[][] basis, double[] targets) {
    int count = basis.length;
    double[] projections = new double[count];
    for (int j = 0; j < count; j++) {
      projections[j] = dot(basis[j], targets);
      subtract(targets, projections[j], basis[j]);
    }
    double[] coefficients = new double[count];
    for (int j = count - 1; j >= 0; j--) {
      if (triangle[j][j] > 0) {
        double sum = projections[j];
        for (int k = j + 1; k < count; k++) {
          sum -= triangle[j][k] * coefficients[k];
        }
        coefficients[j] = sum / triangle[j][j];
      }
    }
    return coefficients;
  }

  private static double[] column(double[][] terms, int j) {
    double[] column = new double[terms.length];
    for (int i = 0; i < terms.length; i++) {
      column[i] = terms[i][j];
    }
    return column;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double length(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static double[] scaled(double[] a, double factor) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = factor * a[i];
    }
    return result;
  }

  private static void subtract(double[] a, double factor, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] -= factor * b[i];
    }
  }
}
