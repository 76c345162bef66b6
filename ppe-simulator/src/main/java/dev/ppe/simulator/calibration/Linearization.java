package dev.ppe.simulator.calibration;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The rows' latencies or energies, linear in the variables around a point.
 *
 * @param point the variables
 * @param values of the rows there
 * @param slopes of each row: of its value in each variable
 */
@SuppressWarnings("ArrayRecordComponent") // for linear algebra, and compared by nobody
record Linearization(double[] point, double[] values, double[][] slopes) {
  /** Far from the point a linear value may fall to nothing, which has no logarithm. */
  private static final double LEAST_SHARE = 0.05;

  int rows() {
    return values.length;
  }

  /** The values elsewhere. */
  double[] at(double[] x) {
    double[] result = new double[rows()];
    for (int i = 0; i < result.length; i++) {
      double sum = values[i];
      for (int j = 0; j < x.length; j++) {
        sum += slopes[i][j] * (x[j] - point[j]);
      }
      result[i] = Math.max(sum, LEAST_SHARE * values[i]);
    }
    return result;
  }

  /** By how much a variable's unit changes the values' logarithms, row by row. */
  double[] effect(int variable) {
    return IntStream.range(0, rows())
        .mapToDouble(row -> slopes[row][variable] / values[row])
        .toArray();
  }

  /** Of some of the rows. */
  Linearization only(IntPredicate wanted) {
    int[] some = IntStream.range(0, rows()).filter(wanted).toArray();
    return new Linearization(
        point,
        IntStream.of(some).mapToDouble(i -> values[i]).toArray(),
        IntStream.of(some).mapToObj(i -> slopes[i]).toArray(double[][]::new));
  }
}
