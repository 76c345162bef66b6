package dev.ppe.nas.cost;

import dev.ppe.nas.statistics.Statistics;
import java.util.List;
import org.hipparchus.stat.regression.SimpleRegression;

/** A look-up table of blocks, calibrated: a + b times the sum over a network's blocks. */
final class TableFit {
  private final Layout layout;
  private final int parameters;
  private final Quantity alone;

  TableFit(Layout layout, int parameters, Quantity alone) {
    this.layout = layout;
    this.parameters = parameters;
    this.alone = alone;
  }

  Predictor fit(List<Sample> samples, double[] y) {
    Predictor sum = scaled(0, 1);
    SimpleRegression line = new SimpleRegression();
    for (int i = 0; i < y.length; i++) {
      line.addData(sum.predict(samples.get(i).point()), y[i]);
    }
    double slope = line.getSlope();
    return Double.isFinite(slope) // else no block's cost differs
        ? scaled(line.getIntercept(), slope)
        : scaled(Statistics.mean(y), 0);
  }

  private Predictor scaled(double constant, double factor) {
    double[] weights = alone.values();
    for (int row = 0; row < weights.length; row++) {
      weights[row] *= factor;
    }
    return new Predictor(layout, parameters, constant, weights, List.of(), List.of(), Trees.NONE);
  }
}
