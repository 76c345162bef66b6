package dev.ppe.nas.cost;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A matrix most of which is 0: the columns and values of each row that are not.
 *
 * @param columns number of columns
 */
record SparseRows(int columns, List<Row> rows) {
  SparseRows {
    rows = List.copyOf(rows);
  }

  /** The columns of a row and the values in them. */
  static final class Row {
    private final int[] indices;
    private final double[] values;

    Row(int[] indices, double[] values) {
      this.indices = indices;
      this.values = values;
    }
  }

  /** The matrix times a vector. */
  double[] times(double[] w) {
    double[] product = new double[rows.size()];
    for (int r = 0; r < product.length; r++) {
      Row row = rows.get(r);
      double sum = 0;
      for (int i = 0; i < row.indices.length; i++) {
        sum += row.values[i] * w[row.indices[i]];
      }
      product[r] = sum;
    }
    return product;
  }

  /** The transposed matrix times a vector. */
  double[] transposedTimes(double[] y) {
    double[] product = new double[columns];
    for (int r = 0; r < y.length; r++) {
      Row row = rows.get(r);
      for (int i = 0; i < row.indices.length; i++) {
        product[row.indices[i]] += row.values[i] * y[r];
      }
    }
    return product;
  }

  /** The mean of each column. */
  double[] columnMeans() {
    double[] ones = new double[rows.size()];
    Arrays.fill(ones, 1.0 / ones.length);
    return transposedTimes(ones);
  }

  /** Some of the rows. */
  SparseRows where(IntPredicate kept) {
    return new SparseRows(
        columns, IntStream.range(0, rows.size()).filter(kept).mapToObj(rows::get).toList());
  }
}
