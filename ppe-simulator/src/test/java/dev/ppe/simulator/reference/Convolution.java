package dev.ppe.simulator.reference;

import java.util.Arrays;
import java.util.Random;

/**
 * A convolution with its operands: as many output positions as it says, over an input that is
 * padded already. Output {@code o} of group {@code g} is channel {@code g x outputs + o}, and
 * likewise for inputs.
 */
public final class Convolution {
  private final int rows;
  private final int columns;
  private final int kernelRows;
  private final int kernelColumns;
  private final int stride;
  private final int dilation;
  private final int groups;
  private final int inputs;
  private final int outputs;
  private final int[][][] activations;
  private final int[][][][] weights;

  /**
   * As it is written down.
   *
   * @param rows output rows
   * @param columns output columns
   * @param kernelRows rows of the kernel
   * @param kernelColumns columns of the kernel
   * @param stride positions between neighbouring outputs, both ways
   * @param dilation elements between neighbouring kernel elements, both ways
   * @param groups independent groups of channels
   * @param inputs input channels of a group
   * @param outputs output channels of a group
   * @param activations by row, column and channel
   * @param weights by output channel, kernel row, kernel column and input channel of the group
   */
  Convolution(
      int rows,
      int columns,
      int kernelRows,
      int kernelColumns,
      int stride,
      int dilation,
      int groups,
      int inputs,
      int outputs,
      int[][][] activations,
      int[][][][] weights) {
    this.rows = rows;
    this.columns = columns;
    this.kernelRows = kernelRows;
    this.kernelColumns = kernelColumns;
    this.stride = stride;
    this.dilation = dilation;
    this.groups = groups;
    this.inputs = inputs;
    this.outputs = outputs;
    this.activations = activations;
    this.weights = weights;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public int kernelRows() {
    return kernelRows;
  }

  public int kernelColumns() {
    return kernelColumns;
  }

  public int stride() {
    return stride;
  }

  public int dilation() {
    return dilation;
  }

  public int groups() {
    return groups;
  }

  public int inputs() {
    return inputs;
  }

  public int outputs() {
    return outputs;
  }

  public int[][][] activations() {
    return activations;
  }

  public int[][][][] weights() {
    return weights;
  }

  /**
   * Random operands: weights of 8 bits, activations of {@code bits}.
   *
   * @param bits 8 or 16
   */
  public static Convolution random(
      Random random,
      int bits,
      int rows,
      int columns,
      int kernelRows,
      int kernelColumns,
      int stride,
      int dilation,
      int groups,
      int inputs,
      int outputs) {
    int[][][] activations =
        new int[(rows - 1) * stride + (kernelRows - 1) * dilation + 1]
            [(columns - 1) * stride + (kernelColumns - 1) * dilation + 1][groups * inputs];
    for (int[][] row : activations) {
      for (int[] position : row) {
        fill(random, bits, position);
      }
    }
    int[][][][] weights = new int[groups * outputs][kernelRows][kernelColumns][inputs];
    for (int[][][] kernel : weights) {
      for (int[][] row : kernel) {
        for (int[] element : row) {
          fill(random, Byte.SIZE, element);
        }
      }
    }
    return new Convolution(
        rows,
        columns,
        kernelRows,
        kernelColumns,
        stride,
        dilation,
        groups,
        inputs,
        outputs,
        activations,
        weights);
  }

  private static void fill(Random random, int bits, int[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(1 << bits) - (1 << (bits - 1));
    }
  }

  /** Some of its output rows, with the inputs that they need. */
  Convolution rows(int from, int to) {
    int end = (to - 1) * stride + (kernelRows - 1) * dilation + 1;
    return new Convolution(
        to - from,
        columns,
        kernelRows,
        kernelColumns,
        stride,
        dilation,
        groups,
        inputs,
        outputs,
        Arrays.copyOfRange(activations, from * stride, end),
        weights);
  }

  /** Every input channel is a group with one input. */
  public boolean isDepthwise() {
    return groups > 1 && inputs == 1;
  }

  /** The sums by row, column and output channel, as a textbook has them. */
  public long[][][] sums() {
    long[][][] sums = new long[rows][columns][groups * outputs];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        for (int output = 0; output < groups * outputs; output++) {
          sums[row][column][output] = sum(row, column, output);
        }
      }
    }
    return sums;
  }

  private long sum(int row, int column, int output) {
    long sum = 0;
    int firstInput = output / outputs * inputs;
    for (int y = 0; y < kernelRows; y++) {
      for (int x = 0; x < kernelColumns; x++) {
        int[] position = activations[row * stride + y * dilation][column * stride + x * dilation];
        for (int input = 0; input < inputs; input++) {
          sum += (long) position[firstInput + input] * weights[output][y][x][input];
        }
      }
    }
    return sum;
  }

  @Override
  public String toString() {
    return "%dx%d positions, kernel %dx%d, stride %d, dilation %d, %d x (%d to %d)"
        .formatted(
            rows, columns, kernelRows, kernelColumns, stride, dilation, groups, inputs, outputs);
  }
}
