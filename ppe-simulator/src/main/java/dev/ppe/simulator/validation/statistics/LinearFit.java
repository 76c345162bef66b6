package dev.ppe.simulator.validation.statistics;

import java.util.ArrayList;
import java.util.List;

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
   * The least squares fit to one point or more.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static LinearFit of(List<Point> points) {
    List<Double> constants = constants(points);
    List<Double> withoutOwn =
        LeaveOneOut.predictions(
            points,
            others -> {
              List<Double> theirs = constants(others);
              return point -> point.predicted(theirs);
            });
    return new LinearFit(
        constants,
        agreement(points, points.stream().map(point -> point.predicted(constants)).toList()),
        agreement(points, withoutOwn));
  }

  private static List<Double> constants(List<Point> points) {
    double[][] terms = new double[points.size()][];
    double[] targets = new double[points.size()];
    for (int i = 0; i < targets.length; i++) {
      Point point = points.get(i);
      terms[i] = point.terms().stream().mapToDouble(Double::doubleValue).toArray();
      targets[i] = point.measured() - point.offset();
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
