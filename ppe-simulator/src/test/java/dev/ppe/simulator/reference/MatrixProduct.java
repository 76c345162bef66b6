package dev.ppe.simulator.reference;

import java.util.Random;

/** Operands of matrix products that are independent of each other, one for each group. */
public final class MatrixProduct {
  private final int[][][] left;
  private final int[][][] right;

  /**
   * As it is written down.
   *
   * @param left by group, row, depth: activations
   * @param right by group, depth, column: weights
   */
  MatrixProduct(int[][][] left, int[][][] right) {
    this.left = left;
    this.right = right;
  }

  public int[][][] left() {
    return left;
  }

  public int[][][] right() {
    return right;
  }

  /** Products of random 8-bit operands. */
  public static MatrixProduct random(Random random, int groups, int rows, int depth, int columns) {
    return new MatrixProduct(
        random(random, groups, rows, depth), random(random, groups, depth, columns));
  }

  private static int[][][] random(Random random, int groups, int rows, int columns) {
    int[][][] values = new int[groups][rows][columns];
    for (int[][] matrix : values) {
      for (int[] row : matrix) {
        for (int column = 0; column < columns; column++) {
          row[column] = random.nextInt(256) - 128;
        }
      }
    }
    return values;
  }

  int groups() {
    return left.length;
  }

  int rows() {
    return left[0].length;
  }

  int depth() {
    return right[0].length;
  }

  int columns() {
    return right[0][0].length;
  }

  /** The sums, by group, row and column, as a textbook has them. */
  public long[][][] sums() {
    long[][][] sums = new long[groups()][rows()][columns()];
    for (int group = 0; group < groups(); group++) {
      for (int row = 0; row < rows(); row++) {
        for (int column = 0; column < columns(); column++) {
          for (int k = 0; k < depth(); k++) {
            sums[group][row][column] += (long) left[group][row][k] * right[group][k][column];
          }
        }
      }
    }
    return sums;
  }
}
