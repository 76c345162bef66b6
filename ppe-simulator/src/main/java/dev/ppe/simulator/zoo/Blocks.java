package dev.ppe.simulator.zoo;

import dev.ppe.simulator.graph.Activation;

/**
 * Building blocks that several networks share. Each writes its layers on the view it is given,
 * usually a scope of its own.
 *
 * <p>All end in a linear projection, and add their input to it where stride and channels allow.
 */
public final class Blocks {
  private Blocks() {}

  /** Depthwise convolution and projection, without expansion: MobileNetV2's first block. */
  public static Value depthwiseSeparable(
      GraphBuilder net, Value x, int channels, Kernel kernel, Activation activation) {
    Value spatial = net.depthwise("dw" + kernel.size(), x, kernel, activation);
    return residual(net, x, project(net, spatial, channels), kernel);
  }

  /** Depthwise IBN: 1 x 1 expansion, depthwise convolution, projection. */
  public static Value depthwise(GraphBuilder net, Value x, Bottleneck bottleneck) {
    Kernel kernel = bottleneck.kernel();
    Value wide = net.pointwise("expand", x, bottleneck.expanded(), bottleneck.activation());
    Value spatial = net.depthwise("dw" + kernel.size(), wide, kernel, bottleneck.activation());
    return residual(net, x, project(net, spatial, bottleneck.channels()), kernel);
  }

  /** Fused IBN: expansion and spatial convolution are one full convolution; then the projection. */
  public static Value fused(GraphBuilder net, Value x, Bottleneck bottleneck) {
    Kernel kernel = bottleneck.kernel();
    Value spatial =
        net.conv("conv" + kernel.size(), x, bottleneck.expanded(), kernel, bottleneck.activation());
    return residual(net, x, project(net, spatial, bottleneck.channels()), kernel);
  }

  /**
   * Group-convolution IBN: as {@link #fused}, with the full convolution in groups of {@code
   * groupSize} expanded channels each.
   *
   * @throws dev.ppe.simulator.graph.GraphException unless that makes two or more whole groups
   */
  public static Value groupConv(GraphBuilder net, Value x, Bottleneck bottleneck, int groupSize) {
    Kernel kernel = bottleneck.kernel();
    String name = "gc" + kernel.size();
    int expanded = bottleneck.expanded();
    if (groupSize < 1 || expanded % groupSize != 0 || expanded == groupSize) {
      throw net.mistake(
          name,
          "%d expanded channels do not make two or more groups of %d"
              .formatted(expanded, groupSize));
    }
    Value spatial =
        net.groupConv(name, x, expanded, expanded / groupSize, kernel, bottleneck.activation());
    return residual(net, x, project(net, spatial, bottleneck.channels()), kernel);
  }

  /** The linear 1 x 1 convolution that ends a bottleneck. */
  public static Value project(GraphBuilder net, Value x, int channels) {
    return net.pointwise("project", x, channels, Activation.NONE);
  }

  private static Value residual(GraphBuilder net, Value input, Value result, Kernel kernel) {
    return kernel.isUnitStride() && input.shape().equals(result.shape())
        ? net.add("add", result, input, Activation.NONE)
        : result;
  }

  /**
   * Channels times a width multiplier, rounded to a multiple of 8 that is no less than nine tenths
   * of it: the rule that the MobileNet and EfficientNet families share.
   */
  public static int scaleChannels(int channels, double width) {
    double scaled = channels * width;
    int rounded = Math.max(8, (int) (scaled + 4) / 8 * 8);
    return rounded < 0.9 * scaled ? rounded + 8 : rounded;
  }
}
