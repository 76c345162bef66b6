package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Window;

/**
 * How a convolution or pooling slides, written as {@code Kernel.of(3).stride(2)}. Unless said
 * otherwise the stride and dilation are 1 and the padding is SAME.
 *
 * @param window what the operator gets
 */
public record Kernel(Window window) {
  /** One element: a pointwise convolution. */
  public static final Kernel POINT = of(1);

  /** A square kernel of {@code size} x {@code size} elements. */
  public static Kernel of(int size) {
    return of(size, size);
  }

  /** A kernel of {@code height} x {@code width} elements. */
  public static Kernel of(int height, int width) {
    return new Kernel(new Window(height, width, 1, 1, 1, 1, Padding.SAME));
  }

  /** This kernel, moving {@code stride} elements a step both ways. */
  public Kernel stride(int stride) {
    return with(stride, stride, window.dilationHeight(), window.dilationWidth(), window.padding());
  }

  /** This kernel with {@code dilation} elements from one of its elements to the next, both ways. */
  public Kernel dilation(int dilation) {
    return with(window.strideHeight(), window.strideWidth(), dilation, dilation, window.padding());
  }

  /** This kernel with another padding. */
  public Kernel padding(Padding padding) {
    return with(
        window.strideHeight(),
        window.strideWidth(),
        window.dilationHeight(),
        window.dilationWidth(),
        padding);
  }

  private Kernel with(
      int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, Padding padding) {
    return new Kernel(
        new Window(
            window.kernelHeight(),
            window.kernelWidth(),
            strideHeight,
            strideWidth,
            dilationHeight,
            dilationWidth,
            padding));
  }

  /** Whether every element is visited: the output is as large as a SAME-padded input. */
  public boolean isUnitStride() {
    return window.strideHeight() == 1 && window.strideWidth() == 1;
  }

  /** The size as layer names have it, for example {@code 3x3}. */
  public String size() {
    return window.kernelHeight() + "x" + window.kernelWidth();
  }
}
