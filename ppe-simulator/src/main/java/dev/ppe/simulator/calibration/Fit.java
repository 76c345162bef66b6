package dev.ppe.simulator.calibration;

import dev.ppe.simulator.validation.statistics.RobustScale;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * Fitted variables.
 *
 * @param variables which
 * @param model the rows' figures around their values
 * @param measured what they were fitted to
 */
@SuppressWarnings("ArrayRecordComponent") // for linear algebra, and compared by nobody
record Fit(List<Variable> variables, Linearization model, double[] measured) {
  /** The variables' values. */
  double[] x() {
    return model.point();
  }

  double[] residuals() {
    return Robust.residuals(model.values(), measured);
  }

  double scale() {
    return RobustScale.of(residuals(), variables.size());
  }

  double[] weights() {
    return Robust.weights(residuals(), scale());
  }

  /**
   * Standard errors of the variables, from the scale and the weighted Jacobian: of sizes without
   * bound where that is singular.
   */
  double[] standardErrors() {
    double[] weights = weights();
    RealMatrix jacobian = new Array2DRowRealMatrix(model.rows(), variables.size());
    for (int j = 0; j < variables.size(); j++) {
      double[] effect = model.effect(j);
      for (int i = 0; i < effect.length; i++) {
        jacobian.setEntry(i, j, Math.sqrt(weights[i]) * effect[i]);
      }
    }
    DecompositionSolver solver =
        new QRDecomposition(jacobian.transposeMultiply(jacobian)).getSolver();
    if (!solver.isNonSingular()) {
      return variables.stream().mapToDouble(variable -> Double.POSITIVE_INFINITY).toArray();
    }
    RealMatrix inverse = solver.getInverse();
    return IntStream.range(0, variables.size())
        .mapToDouble(j -> scale() * Math.sqrt(Math.max(0, inverse.getEntry(j, j))))
        .toArray();
  }

  /** The variables fitted to all rows but one, with the figures taken as linear. */
  double[] without(int row) {
    double[] others =
        IntStream.range(0, measured.length)
            .filter(i -> i != row)
            .mapToDouble(i -> measured[i])
            .toArray();
    return RobustFit.from(variables, model.only(i -> i != row), others, scale());
  }
}
