package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Operator.Resize;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Operator.TransposeConv2d;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;

/** What of its first operand a tile of a layer's output reads, halo included. */
public sealed interface Reach {
  /** The like part of it. */
  Reach SHARE = new Share();

  /** A part of the output reads the like part of the input. */
  record Share() implements Reach {}

  /** Each output reads a window of the input. */
  record Sliding(Window window) implements Reach {}

  /** Each output reads some inputs near the place that it has on the input's scale. */
  record Scaled(Taps rows, Taps columns) implements Reach {}

  /**
   * Of a map that is scaled: bilinear interpolation reads the neighbours on both sides of a place
   * that is none of them, the other kind the nearest. Places are TensorFlow Lite's.
   *
   * @param input [N, H, W, C]
   * @param output [N, height, width, C]
   */
  static Reach of(Resize resize, Shape input, Shape output) {
    return new Scaled(
        resized(resize, input.dim(1), output.dim(1)), resized(resize, input.dim(2), output.dim(2)));
  }

  private static Taps resized(Resize resize, long inputs, long outputs) {
    boolean bilinear = resize.method() == ResizeMethod.BILINEAR;
    boolean corners = resize.alignCorners() && outputs > 1;
    // Output o lies at (step x o + from) / per; twice as fine where halves come in.
    long step = 2 * (corners ? inputs - 1 : inputs);
    long per = 2 * (corners ? outputs - 1 : outputs);
    if (bilinear) {
      long from = resize.halfPixelCenters() && !corners ? inputs - outputs : 0;
      return new Taps(inputs, outputs, step, from, from + per - 1, per);
    }
    // The nearest: rounded from corner to corner, else rounded down, from its middle or its edge.
    long from = corners ? outputs - 1 : resize.halfPixelCenters() ? inputs : 0;
    return new Taps(inputs, outputs, step, from, from, per);
  }

  /**
   * Of a transposed convolution: a PE that makes a part of the output reads all positions whose
   * kernels reach into it.
   *
   * @param input [N, H, W, Ci]
   * @param output [N, height, width, Co]
   */
  static Reach of(TransposeConv2d conv, Shape input, Shape output) {
    Window window = conv.window();
    // The convolution that goes the other way has the padding.
    Window padded =
        window.padding().same()
            ? window.withPadding(window.samePadding(output.dim(1), output.dim(2)))
            : window;
    return new Scaled(
        scattered(
            input.dim(1),
            output.dim(1),
            window.strideHeight(),
            window.inputRows(1),
            padded.padding().top()),
        scattered(
            input.dim(2),
            output.dim(2),
            window.strideWidth(),
            window.inputColumns(1),
            padded.padding().left()));
  }

  /** Input i reaches outputs i x stride - before and span - 1 more. */
  private static Taps scattered(long inputs, long outputs, long stride, long span, long before) {
    return new Taps(inputs, outputs, 1, before - span + stride, before, stride);
  }
}
