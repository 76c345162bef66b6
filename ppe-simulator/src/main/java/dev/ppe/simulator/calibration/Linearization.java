package dev.ppe.simulator.calibration;

import java.util.stream.IntStream;

/**
 * The rows' latencies, linear in the variables around a point.
 *
 * @param point the variables
 * @param latencies of the rows there
 * @param slopes of each row: of its latency in each variable
 */
@SuppressWarnings("ArrayRecordComponent") // for linear algebra, and compared by nobody
record Linearization(double[] point, double[] latencies, double[][] slopes) {
  /** Far from the point a linear latency may fall to nothing, which has no logarithm. */
  private static final double LEAST_SHARE = 0.05;

  int rows() {
    return latencies.length;
  }

  /** The latencies elsewhere. */
  double[] at(double[] x) {
    double[] result = new double[rows()];
    for (int i = 0; i < result.length; i++) {
      double sum = latencies[i];
      for (int j = 0; j < x.length; j++) {
        sum += slopes[i][j] * (x[j] - point[j]);
      }
      result[i] = Math.max(sum, LEAST_SHARE * latencies[i]);
    }
    return result;
  }

  /** By how much a variable's unit changes the latencies' logarithms, row by row. */
  double[] effect(int variable) {
    return IntStream.range(0, rows())
        .mapToDouble(row -> slopes[row][variable] / latencies[row])
        .toArray();
  }

  /** Without a row. */
  Linearization without(int row) {
    int[] others = IntStream.range(0, rows()).filter(i -> i != row).toArray();
    return new Linearization(
        point,
        IntStream.of(others).mapToDouble(i -> latencies[i]).toArray(),
        IntStream.of(others).mapToObj(i -> slopes[i]).toArray(double[][]::new));
  }
}
