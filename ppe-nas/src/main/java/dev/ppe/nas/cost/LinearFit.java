package dev.ppe.nas.cost;

import dev.ppe.nas.space.Point;
import dev.ppe.nas.statistics.Statistics;
import java.util.Arrays;
import java.util.List;

/**
 * TuNAS's linear model: a weight for each combination of a block's own choices, its input's and its
 * output's channels. A block that is left out is a combination too; rows that no sample has keep
 * the weight 0. The penalty is the one of a few that predicts a quarter of the samples best from
 * the others.
 */
final class LinearFit {
  private static final double[] PENALTIES = {0.03, 0.1, 0.3, 1, 3, 10};
  private static final int FOLD = 4;

  private final Layout layout;
  private final int parameters;

  LinearFit(Layout layout, int parameters) {
    this.layout = layout;
    this.parameters = parameters;
  }

  Predictor fit(List<Sample> samples, double[] y) {
    int[] columns = columns(samples);
    SparseRows x = rows(samples, columns);
    Ridge fit = Ridge.fit(x, y, penalty(x, y));
    double[] weights = new double[layout.rows()];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = columns[row] < 0 ? 0 : fit.weight(columns[row]);
    }
    return new Predictor(
        layout, parameters, fit.constant(), weights, List.of(), List.of(), Trees.NONE);
  }

  /** The column of each row that some samples have and others do not; -1 for other rows. */
  private int[] columns(List<Sample> samples) {
    int[] counts = new int[layout.rows()];
    for (Sample sample : samples) {
      for (int row : layout.rows(sample.point())) {
        counts[row]++;
      }
    }
    int next = 0;
    int[] columns = new int[counts.length];
    for (int row = 0; row < counts.length; row++) {
      columns[row] = counts[row] == 0 || counts[row] == samples.size() ? -1 : next++;
    }
    return columns;
  }

  private SparseRows rows(List<Sample> samples, int[] columns) {
    int count = Arrays.stream(columns).max().orElse(-1) + 1;
    return new SparseRows(
        count, samples.stream().map(sample -> row(sample.point(), columns)).toList());
  }

  private SparseRows.Row row(Point point, int[] columns) {
    int[] indices =
        Arrays.stream(layout.rows(point))
            .map(row -> columns[row])
            .filter(column -> column >= 0)
            .toArray();
    double[] ones = new double[indices.length];
    Arrays.fill(ones, 1);
    return new SparseRows.Row(indices, ones);
  }

  private static double penalty(SparseRows x, double[] y) {
    SparseRows inner = x.where(row -> row % FOLD != 0);
    SparseRows outer = x.where(row -> row % FOLD == 0);
    double[] innerY = Statistics.where(y, row -> row % FOLD != 0);
    double[] outerY = Statistics.where(y, row -> row % FOLD == 0);
    double best = PENALTIES[0];
    double least = Double.POSITIVE_INFINITY;
    for (double penalty : PENALTIES) {
      double[] predicted = Ridge.fit(inner, innerY, penalty).of(outer);
      double error = 0;
      for (int i = 0; i < outerY.length; i++) {
        error += (predicted[i] - outerY[i]) * (predicted[i] - outerY[i]);
      }
      if (error < least) {
        least = error;
        best = penalty;
      }
    }
    return best;
  }
}
