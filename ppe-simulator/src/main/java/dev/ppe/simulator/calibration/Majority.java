package dev.ppe.simulator.calibration;

import dev.ppe.simulator.validation.statistics.RobustScale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.QRDecomposition;

/**
 * The point at which the better half of the rows is off least: least median of residuals (Rousseeuw
 * 1984), which up to half of the rows cannot spoil.
 *
 * <p>Points are tried that meet as many rows exactly as there are variables: those of all such
 * subsets if they are few, else of a sample, always the same one.
 */
final class Majority {
  private static final int SUBSETS = 300;
  private static final long SEED = 1;

  private final Linearization model;
  private final double[] measured;
  private final double[] least;
  private final double[] most;
  private final int variables;
  private double[] best;
  private double scale;

  Majority(Linearization model, double[] measured, double[] least, double[] most) {
    this.model = model;
    this.measured = measured;
    this.least = least;
    this.most = most;
    this.variables = least.length;
    this.best = model.point().clone();
    this.scale = RobustScale.of(Robust.residuals(model.at(best), measured), variables);
  }

  double[] point() {
    if (isFew()) {
      every(new int[variables], 0, 0);
    } else {
      SplittableRandom random = new SplittableRandom(SEED);
      for (int i = 0; i < SUBSETS; i++) {
        meet(subset(random));
      }
    }
    return best;
  }

  private boolean isFew() {
    double subsets = 1;
    for (int i = 0; i < variables; i++) {
      subsets *= (double) (model.rows() - i) / (i + 1);
    }
    return subsets <= SUBSETS;
  }

  private void every(int[] rows, int chosen, int from) {
    if (chosen == rows.length) {
      meet(rows);
      return;
    }
    for (int row = from; row < model.rows(); row++) {
      rows[chosen] = row;
      every(rows, chosen + 1, row + 1);
    }
  }

  private int[] subset(SplittableRandom random) {
    int[] rows = IntStream.range(0, model.rows()).toArray();
    for (int i = 0; i < variables; i++) {
      int other = random.nextInt(i, rows.length);
      int row = rows[other];
      rows[other] = rows[i];
      rows[i] = row;
    }
    return IntStream.of(rows).limit(variables).toArray();
  }

  /** Tries the point at which these rows are as measured. */
  private void meet(int[] rows) {
    double[][] slopes = new double[variables][variables];
    double[] missing = new double[variables];
    for (int i = 0;
        i < variables;
        i++) { // in shares of what was measured, so that rows weigh alike
      for (int j = 0; j < variables; j++) {
        slopes[i][j] = model.slopes()[rows[i]][j] / measured[rows[i]];
      }
      missing[i] = 1 - model.values()[rows[i]] / measured[rows[i]];
    }
    DecompositionSolver solver =
        new QRDecomposition(new Array2DRowRealMatrix(slopes, false), 1e-9).getSolver();
    if (!solver.isNonSingular()) {
      return;
    }
    double[] x = solver.solve(new ArrayRealVector(missing, false)).toArray();
    for (int j = 0; j < variables; j++) {
      x[j] = Math.clamp(model.point()[j] + x[j], least[j], most[j]);
    }
    double there = RobustScale.of(Robust.residuals(model.at(x), measured), variables);
    if (there < scale) {
      scale = there;
      best = x;
    }
  }
}
