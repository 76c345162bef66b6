package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.Activation;
import java.util.function.BiFunction;

/**
 * Units of residual networks (He et al., "Deep Residual Learning for Image Recognition", 2015):
 * convolutions whose result is added to their input. Where a unit changes the shape, a strided 1 x
 * 1 convolution is its shortcut.
 */
public final class ResidualBlocks {
  private static final Kernel KERNEL = Kernel.of(3);

  private ResidualBlocks() {}

  /** Order of a unit's layers, and which of a bottleneck's convolutions strides. */
  public enum Order {
    /** The paper: activation after the sum, stride in the first 1 x 1 convolution. */
    STRIDE_FIRST,
    /** As most frameworks train it ("v1.5"): stride in the 3 x 3 convolution. */
    STRIDE_IN_KERNEL,
    /**
     * Normalisation and activation before the convolutions, stride in the 3 x 3 convolution (He et
     * al., "Identity Mappings in Deep Residual Networks", 2016; "v2").
     */
    PREACTIVATED
  }

  /** Two 3 x 3 convolutions of {@code channels} each; the first one strides. */
  public static Value basic(GraphBuilder net, Value x, int channels, int stride, Order order) {
    return unit(
        net,
        x,
        channels,
        stride,
        order,
        (last, input) -> {
          Kernel strided = KERNEL.stride(stride);
          Value first = net.conv("conv3x3", input, channels, strided, Activation.RELU);
          return last.conv("conv3x3-2", first, channels, KERNEL, Activation.NONE);
        });
  }

  /**
   * Bottleneck: a 3 x 3 convolution between two 1 x 1 ones.
   *
   * @param inner channels of the first two convolutions
   * @param outer channels of the result
   */
  public static Value bottleneck(
      GraphBuilder net, Value x, int inner, int outer, int stride, Order order) {
    return unit(
        net,
        x,
        outer,
        stride,
        order,
        (last, input) -> {
          boolean early = order == Order.STRIDE_FIRST;
          Kernel point = early ? Kernel.POINT.stride(stride) : Kernel.POINT;
          Kernel spatial = early ? KERNEL : KERNEL.stride(stride);
          Value reduced = net.conv("reduce", input, inner, point, Activation.RELU);
          Value mixed = net.conv("conv3x3", reduced, inner, spatial, Activation.RELU);
          return last.pointwise("restore", mixed, outer, Activation.NONE);
        });
  }

  /**
   * What both kinds share.
   *
   * @param convolutions write the convolutions on an input, the last one on the view given: before
   *     a sum that is not normalised there is no bias
   */
  private static Value unit(
      GraphBuilder net,
      Value x,
      int channels,
      int stride,
      Order order,
      BiFunction<GraphBuilder, Value, Value> convolutions) {
    boolean preactivated = order == Order.PREACTIVATED;
    GraphBuilder linear = preactivated ? net.withoutBias() : net;
    Value input = preactivated ? net.scaleAndOffset("preactivation", x, Activation.RELU) : x;
    Value residual = convolutions.apply(linear, input);
    boolean changes = stride != 1 || x.channels() != channels;
    Kernel strided = Kernel.POINT.stride(stride);
    Value identity =
        changes
            ? linear.scope("short").conv("conv1x1", input, channels, strided, Activation.NONE)
            : x;
    return net.add("add", residual, identity, preactivated ? Activation.NONE : Activation.RELU);
  }
}
