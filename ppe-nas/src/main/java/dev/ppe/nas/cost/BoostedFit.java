package dev.ppe.nas.cost;

import dev.ppe.nas.statistics.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splines and trees. First a linear spline of what the blocks of a network amount to in all: what
 * they cost alone, MACs, bytes of parameters and of activations, each with knots at its deciles. So
 * costs that set in at a size, as when parameters do not fit on the chip any more, are found
 * wherever they set in. Then gradient-boosted trees on what is left, which see the same sums for
 * each stage of the network and the single choices too.
 */
final class BoostedFit {
  private static final int PIECES = 10;

  /** On columns of unit variance: keeps those that nearly depend on each other apart. */
  private static final double PENALTY = 1e-3;

  private final Layout layout;
  private final int parameters;
  private final List<Quantity> quantities;
  private final long seed;

  BoostedFit(Layout layout, int parameters, List<Quantity> quantities, long seed) {
    this.layout = layout;
    this.parameters = parameters;
    this.quantities = quantities;
    this.seed = seed;
  }

  Predictor fit(List<Sample> samples, double[] y) {
    Predictor empty = predictor(0, List.of());
    double[][] inputs =
        samples.stream().map(sample -> empty.inputs(sample.point())).toArray(double[][]::new);
    Predictor spline = spline(inputs, y);
    double[] left = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      left[i] = y[i] - spline.predict(samples.get(i).point());
    }
    if (Statistics.isConstant(left)) {
      return spline;
    }
    TreeFit fit = new TreeFit(seed);
    return spline.with(spline.constant(), fit.fit(inputs, left));
  }

  private Predictor predictor(double constant, List<Predictor.Hinge> hinges) {
    return new Predictor(
        layout, parameters, constant, new double[layout.rows()], quantities, hinges, Trees.NONE);
  }

  private Predictor spline(double[][] inputs, double[] y) {
    int first = layout.segmentNames().size() * quantities.size();
    List<Column> columns = new ArrayList<>();
    for (int input = first; input < first + quantities.size(); input++) {
      int number = input;
      double[] sorted = Arrays.stream(inputs).mapToDouble(row -> row[number]).sorted().toArray();
      double last = -1;
      for (int piece = 0; piece < PIECES; piece++) {
        double knot = piece == 0 ? 0 : sorted[sorted.length * piece / PIECES];
        if (knot > last && knot < sorted[sorted.length - 1]) {
          columns.add(Column.of(number, knot, inputs));
          last = knot;
        }
      }
    }
    if (columns.isEmpty()) {
      return predictor(Statistics.mean(y), List.of());
    }
    Ridge fit = Ridge.fit(rows(columns, inputs), y, PENALTY);
    List<Predictor.Hinge> hinges = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      hinges.add(
          new Predictor.Hinge(column.input(), column.knot(), fit.weight(c) / column.deviation()));
    }
    return predictor(fit.constant(), hinges);
  }

  private static SparseRows rows(List<Column> columns, double[][] inputs) {
    int[] indices = new int[columns.size()];
    Arrays.setAll(indices, i -> i);
    return new SparseRows(
        columns.size(),
        Arrays.stream(inputs)
            .map(
                row ->
                    new SparseRows.Row(
                        indices,
                        columns.stream()
                            .mapToDouble(column -> column.of(row) / column.deviation())
                            .toArray()))
            .toList());
  }

  /** A hinge of slope 1, and how much it varies over the samples. */
  private record Column(int input, double knot, double deviation) {
    static Column of(int input, double knot, double[][] inputs) {
      Column plain = new Column(input, knot, 1);
      double[] values = Arrays.stream(inputs).mapToDouble(plain::of).toArray();
      double mean = Statistics.mean(values);
      double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
      return new Column(input, knot, Math.sqrt(squares / values.length));
    }

    double of(double[] row) {
      return Math.max(0, row[input] - knot);
    }
  }
}
