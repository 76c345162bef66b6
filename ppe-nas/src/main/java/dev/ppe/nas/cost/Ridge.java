package dev.ppe.nas.cost;

import dev.ppe.nas.statistics.Statistics;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.ConjugateGradient;
import org.hipparchus.linear.RealLinearOperator;
import org.hipparchus.linear.RealVector;

/**
 * Linear regression with a penalty on the squares of the weights, but for the constant one:
 * minimises the sum of (y - b - x w)^2 + penalty |w|^2. The normal equations of the centred columns
 * are solved by conjugate gradients, without writing their matrix down.
 */
final class Ridge {
  private static final int MAX_ITERATIONS = 5_000;
  private static final double TOLERANCE = 1e-7;

  private final double constant;
  private final double[] weights;

  private Ridge(double constant, double[] weights) {
    this.constant = constant;
    this.weights = weights;
  }

  /** The value where all columns are 0. */
  double constant() {
    return constant;
  }

  /** The weight of a column. */
  double weight(int column) {
    return weights[column];
  }

  /** What it says of rows. */
  double[] of(SparseRows x) {
    double[] sums = x.times(weights);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += constant;
    }
    return sums;
  }

  /**
   * The weights of columns.
   *
   * @param penalty above 0
   */
  static Ridge fit(SparseRows x, double[] y, double penalty) {
    int columns = x.columns();
    double[] means = x.columnMeans();
    double mean = Statistics.mean(y);
    double[] centred = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      centred[i] = y[i] - mean;
    }
    RealLinearOperator normal =
        new RealLinearOperator() {
          @Override
          public int getRowDimension() {
            return columns;
          }

          @Override
          public int getColumnDimension() {
            return columns;
          }

          @Override
          public RealVector operate(RealVector weights) {
            double[] w = weights.toArray();
            double[] residual = x.times(w);
            double shift = Statistics.dot(means, w);
            double sum = 0;
            for (int i = 0; i < residual.length; i++) {
              residual[i] -= shift;
              sum += residual[i];
            }
            double[] result = x.transposedTimes(residual);
            for (int c = 0; c < columns; c++) {
              result[c] += penalty * w[c] - means[c] * sum;
            }
            return new ArrayRealVector(result, false);
          }
        };
    RealVector right = new ArrayRealVector(x.transposedTimes(centred), false);
    double[] weights =
        right.getNorm() == 0
            ? new double[columns]
            : new ConjugateGradient(MAX_ITERATIONS, TOLERANCE, false)
                .solve(normal, right)
                .toArray();
    return new Ridge(mean - Statistics.dot(means, weights), weights);
  }
}
