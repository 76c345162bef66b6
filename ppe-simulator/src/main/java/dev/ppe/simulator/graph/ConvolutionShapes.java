package dev.ppe.simulator.graph;

import dev.ppe.simulator.graph.Operator.Conv2d;
import dev.ppe.simulator.graph.Operator.DepthwiseConv2d;
import dev.ppe.simulator.graph.Operator.TransposeConv2d;

/** Shapes of windows sliding over feature maps: convolutions and pooling. */
final class ConvolutionShapes {
  private ConvolutionShapes() {}

  static Shape conv(Conv2d conv, Operands in) {
    Shape input = in.map(0);
    Shape weights = kernel(in, conv.window(), "[Co, Kh, Kw, Ci / groups]");
    int groups = conv.groups();
    int outputs = weights.dim(0);
    if ((long) weights.dim(3) * groups != input.dim(3)) {
      throw new IllegalArgumentException(
          "input has %d channels, weights %s take %d in each of %d groups"
              .formatted(input.dim(3), weights, weights.dim(3), groups));
    }
    if (outputs % groups != 0) {
      throw new IllegalArgumentException(
          outputs + " output channels do not divide into " + groups + " groups");
    }
    in.bias(2, outputs);
    return slide(conv.window(), input).with(3, outputs);
  }

  static Shape depthwise(DepthwiseConv2d conv, Operands in) {
    Shape input = in.map(0);
    Shape weights = kernel(in, conv.window(), "[1, Kh, Kw, C]");
    if (weights.dim(0) != 1 || weights.dim(3) != (long) input.dim(3) * conv.depthMultiplier()) {
      throw new IllegalArgumentException(
          "weights %s do not hold %d x %d channels of input %s"
              .formatted(weights, input.dim(3), conv.depthMultiplier(), input));
    }
    in.bias(2, weights.dim(3));
    return slide(conv.window(), input).with(3, weights.dim(3));
  }

  static Shape transpose(TransposeConv2d conv, Operands in) {
    Shape input = in.map(0);
    Shape weights = kernel(in, conv.window(), "[Co, Kh, Kw, Ci]");
    if (weights.dim(3) != input.dim(3)) {
      throw new IllegalArgumentException(
          "input has %d channels, weights %s take %d"
              .formatted(input.dim(3), weights, weights.dim(3)));
    }
    Window window = conv.window();
    if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
      throw new IllegalArgumentException("a transposed convolution cannot be dilated");
    }
    if (window.outputHeight(conv.outputHeight()) != input.dim(1)
        || window.outputWidth(conv.outputWidth()) != input.dim(2)) {
      throw new IllegalArgumentException(
          "output %d x %d does not come from input %s with strides %d and %d"
              .formatted(
                  conv.outputHeight(),
                  conv.outputWidth(),
                  input,
                  window.strideHeight(),
                  window.strideWidth()));
    }
    in.bias(2, weights.dim(0));
    return Shape.of(input.dim(0), conv.outputHeight(), conv.outputWidth(), weights.dim(0));
  }

  /** The map that a window's positions make, channels kept. */
  static Shape slide(Window window, Shape input) {
    return input
        .with(1, window.outputHeight(input.dim(1)))
        .with(2, window.outputWidth(input.dim(2)));
  }

  private static Shape kernel(Operands in, Window window, String layout) {
    Shape weights = in.ranked(1, 4, "weights");
    if (weights.dim(1) != window.kernelHeight() || weights.dim(2) != window.kernelWidth()) {
      throw new IllegalArgumentException(
          "weights %s, as %s, do not match the %d x %d kernel"
              .formatted(weights, layout, window.kernelHeight(), window.kernelWidth()));
    }
    return weights;
  }
}
