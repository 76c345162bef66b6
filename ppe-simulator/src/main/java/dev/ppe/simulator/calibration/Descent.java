package dev.ppe.simulator.calibration;

import dev.ppe.simulator.validation.statistics.RobustScale;
import java.util.List;

/**
 * Gauss and Newton's method: the simulator's figures are made linear around a point, the linear
 * ones are fitted robustly, and the simulator is asked again at the point that was found, or half
 * the way and less where it is no better there.
 */
final class Descent {
  private static final int MOST_STEPS = 12;
  private static final int MOST_HALVINGS = 5;
  private static final double SMALL_STEP = 1e-3;

  private final Experiment experiment;
  private final List<Variable> variables;
  private final double[] measured;

  Descent(Experiment experiment, List<Variable> variables, double[] measured) {
    this.experiment = experiment;
    this.variables = List.copyOf(variables);
    this.measured = measured;
  }

  /** The fit that is reached from a point. */
  Fit from(double[] start) {
    Linearization model = experiment.around(variables, start);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] next = step(model);
      if (distance(model.point(), next) < SMALL_STEP) {
        break;
      }
      model = experiment.around(variables, next);
    }
    return new Fit(variables, model, measured);
  }

  /** A better point, or the same. */
  private double[] step(Linearization model) {
    double[] next = RobustFit.near(variables, model, measured);
    double[] residuals = Robust.residuals(model.values(), measured);
    double scale = RobustScale.of(residuals, variables.size());
    double now = Robust.loss(residuals, scale);
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      double[] values = experiment.values(variables, next);
      if (Robust.loss(Robust.residuals(values, measured), scale) < now) {
        return next;
      }
      next = middle(model.point(), next);
    }
    return model.point();
  }

  private static double[] middle(double[] a, double[] b) {
    double[] middle = new double[a.length];
    for (int j = 0; j < a.length; j++) {
      middle[j] = (a[j] + b[j]) / 2;
    }
    return middle;
  }

  private double distance(double[] a, double[] b) {
    double most = 0;
    for (int j = 0; j < a.length; j++) {
      double size = variables.get(j).size(a[j]);
      most = Math.max(most, Math.abs(b[j] - a[j]) / (size > 0 ? size : 1));
    }
    return most;
  }
}
