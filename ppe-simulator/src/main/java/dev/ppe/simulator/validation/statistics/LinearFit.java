package dev.ppe.simulator.validation.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A prediction that is linear in constants fitted to measurements: offset + constants . terms.
 *
 * @param constants by least squares over all points
 * @param fitted agreement of the points with that fit
 * @param leftOut agreement of each point with a fit to all others; none for fewer than two points
 */
public record LinearFit(List<Double> constants, Agreement fitted, Agreement leftOut) {
  /**
   * One row to fit to.
   *
   * @param measured what shall be predicted
   * @param offset the part of it that needs no constant
   * @param terms what the constants are multiplied by
   */
  public record Point(double measured, double offset, List<Double> terms) {
    public Point {
      terms = List.copyOf(terms);
    }

    private double predicted(List<Double> constants) {
      double sum = offset;
      for (int i = 0; i < terms.size(); i++) {
        sum += constants.get(i) * terms.get(i);
      }
      return sum;
    }
  }

  public LinearFit {
    constants = List.copyOf(constants);
  }

  /**
   * The fit to one point or more that makes the sum of squared errors least: large rows decide.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static LinearFit of(List<Point> points) {
    return of(points, measured -> 1);
  }

  /**
   * The fit that makes the sum of squared relative errors least: all rows weigh alike.
   *
   * @throws IllegalArgumentException if there are no points, or one is measured as 0
   */
  public static LinearFit relative(List<Point> points) {
    if (points.stream().anyMatch(point -> point.measured() <= 0)) {
      throw new IllegalArgumentException("a point is measured as 0: it has no relative error");
    }
    return of(points, measured -> 1 / measured);
  }

  private static LinearFit of(List<Point> points, DoubleUnaryOperator weight) {
    List<Double> constants = constants(points, weight);
    List<Double> withoutOwn =
        LeaveOneOut.predictions(
            points,
            others -> {
              List<Double> theirs = constants(others, weight);
              return point -> point.predicted(theirs);
            });
    return new LinearFit(
        constants,
        agreement(points, points.stream().map(point -> point.predicted(constants)).toList()),
        agreement(points, withoutOwn));
  }

  private static List<Double> constants(List<Point> points, DoubleUnaryOperator weight) {
    double[][] terms = new double[points.size()][];
    double[] targets = new double[points.size()];
    for (int i = 0; i < targets.length; i++) {
      Point point = points.get(i);
      double factor = weight.applyAsDouble(point.measured());
      terms[i] = point.terms().stream().mapToDouble(term -> factor * term).toArray();
      targets[i] = factor * (point.measured() - point.offset());
    }
    List<Double> constants = new ArrayList<>();
    for (double constant : LeastSquares.fit(terms, targets)) {
      constants.add(constant);
    }
    return constants;
  }

  private static Agreement agreement(List<Point> points, List<Double> predictions) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      pairs.add(new Pair(points.get(i).measured(), predictions.get(i)));
    }
    return new Agreement(pairs);
  }
}
