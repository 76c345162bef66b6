package dev.ppe.simulator.graph;

/**
 * How a kernel slides over a feature map.
 *
 * @param kernelHeight rows of the kernel, 1 or more
 * @param kernelWidth columns of the kernel
 * @param strideHeight rows between neighbouring outputs
 * @param strideWidth columns between neighbouring outputs
 * @param dilationHeight rows between neighbouring kernel elements
 * @param dilationWidth columns between neighbouring kernel elements
 * @param padding what surrounds the input
 */
public record Window(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    Padding padding) {

  /** The largest kernel side, stride or dilation. */
  public static final int MAX = 1 << 16;

  public Window {
    requireRange("kernel height", kernelHeight);
    requireRange("kernel width", kernelWidth);
    requireRange("stride height", strideHeight);
    requireRange("stride width", strideWidth);
    requireRange("dilation height", dilationHeight);
    requireRange("dilation width", dilationWidth);
  }

  /** A square, undilated window. */
  public static Window square(int kernel, int stride, Padding padding) {
    return new Window(kernel, kernel, stride, stride, 1, 1, padding);
  }

  /** Kernel elements. */
  public long area() {
    return (long) kernelHeight * kernelWidth;
  }

  /**
   * Output rows for {@code height} input rows.
   *
   * @throws IllegalArgumentException if the kernel is larger than the padded input
   */
  public int outputHeight(int height) {
    return output(
        height, kernelHeight, strideHeight, dilationHeight, padding.top(), padding.bottom());
  }

  /** Output columns for {@code width} input columns; errors as {@link #outputHeight}. */
  public int outputWidth(int width) {
    return output(width, kernelWidth, strideWidth, dilationWidth, padding.left(), padding.right());
  }

  private int output(int size, int kernel, int stride, int dilation, int before, int after) {
    if (padding.same()) {
      return Math.ceilDiv(size, stride);
    }
    long span = (long) (kernel - 1) * dilation + 1;
    long padded = (long) size + before + after;
    if (padded < span) {
      throw new IllegalArgumentException(
          "kernel spans " + span + " elements but the padded input has only " + padded);
    }
    return LayoutShapes.dimension((padded - span) / stride + 1);
  }

  /** Input rows that {@code outputs} neighbouring output rows read, halo included. */
  public long inputRows(long outputs) {
    return (outputs - 1) * strideHeight + (long) (kernelHeight - 1) * dilationHeight + 1;
  }

  /** Input columns that {@code outputs} neighbouring output columns read, halo included. */
  public long inputColumns(long outputs) {
    return (outputs - 1) * strideWidth + (long) (kernelWidth - 1) * dilationWidth + 1;
  }

  /** The amounts that {@link Padding#SAME} stands for over a map of this size. */
  public Padding samePadding(int height, int width) {
    int rows = total(height, strideHeight, inputRows(1));
    int columns = total(width, strideWidth, inputColumns(1));
    return Padding.explicit(rows / 2, rows - rows / 2, columns / 2, columns - columns / 2);
  }

  private static int total(int size, int stride, long span) {
    long last = (Math.ceilDiv((long) size, stride) - 1) * stride;
    return (int) Math.clamp(last + span - size, 0L, Integer.MAX_VALUE);
  }

  /** This window with another padding. */
  public Window withPadding(Padding other) {
    return new Window(
        kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, other);
  }

  private static void requireRange(String what, int value) {
    if (value < 1 || value > MAX) {
      throw new IllegalArgumentException(what + " is " + value + ", must be between 1 and " + MAX);
    }
  }
}
