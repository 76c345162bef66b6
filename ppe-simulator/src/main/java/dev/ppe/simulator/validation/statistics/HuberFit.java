package dev.ppe.simulator.validation.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures that are linear in constants, fitted to measurements of several kinds at once. A row's
 * error is the logarithm of predicted over measured, so that too much by a factor counts like too
 * little by it; each kind of rows counts in units of its own scatter, and large errors for less.
 *
 * <p>Huber's M-estimator (1964) by iteratively reweighted least squares, with steps of Gauss and
 * Newton's method. The scale of a group is a {@link RobustScale} of all its errors. A point counts
 * 1 / scale^2, and beyond 1.345 scales so much less that its pull stays what it is there.
 *
 * @param constants as the fit has them
 * @param scales of each group's errors
 */
public record HuberFit(List<Double> constants, Map<String, Double> scales) {
  private static final double CORNER = 1.345;
  private static final int MOST_STEPS = 200;
  private static final int MOST_HALVINGS = 60;
  private static final double SETTLED = 1e-9;

  /**
   * One row to fit to.
   *
   * @param measured what shall be predicted, above 0
   * @param offset the part of it that needs no constant
   * @param terms what the constants are multiplied by
   * @param group of rows that scatter alike
   */
  public record Point(double measured, double offset, List<Double> terms, String group) {
    public Point {
      terms = List.copyOf(terms);
      if (!(measured > 0)) {
        throw new IllegalArgumentException(
            "measured as " + measured + ": it has no relative error");
      }
    }

    /** By these constants. */
    public double predicted(List<Double> constants) {
      double sum = offset;
      for (int i = 0; i < terms.size(); i++) {
        sum += constants.get(i) * terms.get(i);
      }
      return sum;
    }

    private double error(List<Double> constants) {
      return Math.log(predicted(constants) / measured);
    }
  }

  public HuberFit {
    constants = List.copyOf(constants);
    scales = Map.copyOf(scales);
  }

  /**
   * The fit to these points.
   *
   * @param start constants that predict something above 0 of every point
   * @throws IllegalArgumentException if there are no points, or the start predicts nothing of one
   */
  public static HuberFit of(List<Point> points, List<Double> start) {
    if (!arePredicted(points, start)) {
      throw new IllegalArgumentException(start + " predict nothing of some row");
    }
    List<Double> constants = start;
    Map<String, Double> scales = scales(points, constants);
    for (int i = 0; i < MOST_STEPS; i++) {
      List<Double> next = stepped(points, constants, step(points, constants, scales));
      boolean settled = areAlike(constants, next);
      constants = next;
      scales = scales(points, constants);
      if (settled) {
        break;
      }
    }
    return new HuberFit(constants, scales);
  }

  private static boolean arePredicted(List<Point> points, List<Double> constants) {
    return points.stream().allMatch(point -> point.predicted(constants) > 0);
  }

  /** Least squares of weighted errors, linear around the constants. */
  private static double[] step(
      List<Point> points, List<Double> constants, Map<String, Double> scales) {
    double[][] terms = new double[points.size()][];
    double[] targets = new double[points.size()];
    for (int i = 0; i < targets.length; i++) {
      Point point = points.get(i);
      double error = point.error(constants);
      double weight = weight(error, scales.getOrDefault(point.group(), 1.0));
      double factor = weight / point.predicted(constants);
      terms[i] = point.terms().stream().mapToDouble(term -> factor * term).toArray();
      targets[i] = -weight * error;
    }
    return LeastSquares.fit(terms, targets);
  }

  /** Of an error, before it is squared. */
  private static double weight(double error, double scale) {
    return Math.sqrt(Math.min(1, CORNER * scale / Math.abs(error))) / scale;
  }

  /** As much of the step as leaves something predicted of every point. */
  private static List<Double> stepped(List<Point> points, List<Double> constants, double[] step) {
    double share = 1;
    for (int i = 0; i < MOST_HALVINGS; i++) {
      List<Double> next = new ArrayList<>();
      for (int j = 0; j < step.length; j++) {
        next.add(constants.get(j) + share * step[j]);
      }
      if (arePredicted(points, next)) {
        return next;
      }
      share /= 2;
    }
    return constants;
  }

  private static Map<String, Double> scales(List<Point> points, List<Double> constants) {
    Map<String, List<Double>> errors = new TreeMap<>();
    for (Point point : points) {
      errors.computeIfAbsent(point.group(), key -> new ArrayList<>()).add(point.error(constants));
    }
    Map<String, Double> scales = new TreeMap<>();
    errors.forEach(
        (group, list) ->
            scales.put(
                group,
                RobustScale.of(list.stream().mapToDouble(Double::doubleValue).toArray(), 0)));
    return scales;
  }

  private static boolean areAlike(List<Double> one, List<Double> other) {
    for (int i = 0; i < one.size(); i++) {
      if (Math.abs(one.get(i) - other.get(i)) > SETTLED * Math.abs(one.get(i))) {
        return false;
      }
    }
    return true;
  }
}
