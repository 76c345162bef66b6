package dev.ppe.simulator.calibration;

import dev.ppe.simulator.validation.statistics.RobustScale;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DiagonalMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/**
 * The variables that make the logarithms of predicted over measured figures small, row by row.
 *
 * <p>Yohai's way (1987): it starts where most rows agree best ({@link Majority}), so that no row
 * draws the fit towards itself by standing apart from the others. From there iteratively reweighted
 * least squares: rows that are far off, by the scale of the others, count less or not at all
 * ({@link Robust}), and with their weights the sum of squares is made least (Levenberg and
 * Marquardt's method). A variable that would leave its range stays at the end of it, and the others
 * are fitted again.
 */
final class RobustFit {
  private static final int MOST_REWEIGHTINGS = 50;
  private static final int MOST_EVALUATIONS = 10_000;
  private static final double SETTLED = 1e-7;

  private final Linearization model;
  private final double[] measured;
  private final OptionalDouble knownScale;

  private RobustFit(Linearization model, double[] measured, OptionalDouble knownScale) {
    this.model = model;
    this.measured = measured;
    this.knownScale = knownScale;
  }

  /**
   * Fits linear figures, as far from their point as they are trusted, to what most rows say.
   *
   * @param measured of the rows, in the figures' unit
   * @return the variables' values
   */
  static double[] near(List<Variable> variables, Linearization model, double[] measured) {
    return fit(variables, model, measured, OptionalDouble.empty());
  }

  /**
   * The same from the point, which is a fit already, to some of its rows, with the scale of all:
   * few rows tell no outliers by themselves.
   */
  static double[] from(
      List<Variable> variables, Linearization model, double[] measured, double scale) {
    return fit(variables, model, measured, OptionalDouble.of(scale));
  }

  private static double[] fit(
      List<Variable> variables, Linearization model, double[] measured, OptionalDouble scale) {
    double[] least = new double[variables.size()];
    double[] most = new double[variables.size()];
    for (int j = 0; j < least.length; j++) {
      least[j] = variables.get(j).leastNear(model.point()[j]);
      most[j] = variables.get(j).mostNear(model.point()[j]);
    }
    double[] start =
        scale.isPresent()
            ? model.point().clone()
            : new Majority(model, measured, least, most).point();
    return new RobustFit(model, measured, scale).within(start, least, most);
  }

  private double[] within(double[] start, double[] least, double[] most) {
    double[] x = start;
    List<Integer> free = new ArrayList<>(IntStream.range(0, x.length).boxed().toList());
    while (!free.isEmpty()) {
      double[] next = reweighted(x, free);
      List<Integer> outside =
          free.stream().filter(j -> next[j] < least[j] || next[j] > most[j]).toList();
      for (int j : free) {
        x[j] = Math.clamp(next[j], least[j], most[j]);
      }
      if (outside.isEmpty()) {
        return x;
      }
      free.removeAll(outside);
    }
    return x;
  }

  private double[] reweighted(double[] start, List<Integer> free) {
    double[] x = start.clone();
    for (int i = 0; i < MOST_REWEIGHTINGS; i++) {
      double[] residuals = Robust.residuals(model.at(x), measured);
      double scale = knownScale.orElse(RobustScale.of(residuals, free.size()));
      double[] next = leastSquares(x, free, Robust.weights(residuals, scale));
      double moved = 0;
      for (int j : free) {
        moved = Math.max(moved, Math.abs(next[j] - x[j]));
      }
      x = next;
      if (moved < SETTLED) {
        break;
      }
    }
    return x;
  }

  private double[] leastSquares(double[] start, List<Integer> free, double[] weights) {
    double[] first = free.stream().mapToDouble(j -> start[j]).toArray();
    double[] found =
        new LevenbergMarquardtOptimizer()
            .optimize(
                new LeastSquaresBuilder()
                    .start(first)
                    .target(new double[measured.length])
                    .weight(new DiagonalMatrix(weights))
                    .model(point -> valueAndJacobian(filled(start, free, point.toArray()), free))
                    .maxEvaluations(MOST_EVALUATIONS)
                    .maxIterations(MOST_EVALUATIONS)
                    .build())
            .getPoint()
            .toArray();
    return filled(start, free, found);
  }

  private static double[] filled(double[] start, List<Integer> free, double[] values) {
    double[] x = start.clone();
    for (int j = 0; j < values.length; j++) {
      x[free.get(j)] = values[j];
    }
    return x;
  }

  private Pair<RealVector, RealMatrix> valueAndJacobian(double[] x, List<Integer> free) {
    double[] values = model.at(x);
    double[][] jacobian = new double[values.length][free.size()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < free.size(); j++) {
        jacobian[i][j] = model.slopes()[i][free.get(j)] / values[i];
      }
    }
    return new Pair<>(
        new ArrayRealVector(Robust.residuals(values, measured), false),
        new Array2DRowRealMatrix(jacobian, false));
  }
}
