package dev.ppe.simulator.zoo.classification;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Bottleneck;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;

/**
 * A row of the tables that the papers give: {@code repeats} blocks of one kind, the first of which
 * strides.
 *
 * @param kind what each block is made of
 * @param kernel side of the spatial convolution's kernel
 * @param stride of the first block
 * @param expansion channels inside over channels of the input
 * @param channels of the result
 * @param repeats number of blocks
 * @param nonlinearity after each layer but a projection
 * @param squeeze how the blocks squeeze and excite
 * @param residual whether blocks add their input to their result, where stride and channels allow
 */
public record Stage(
    Kind kind,
    int kernel,
    int stride,
    double expansion,
    int channels,
    int repeats,
    Nonlinearity nonlinearity,
    Squeeze squeeze,
    boolean residual) {

  /** What a block is made of. */
  public enum Kind {
    /** One full convolution. */
    CONVOLUTION,
    /** A linear 1 x 1 convolution. */
    PROJECTION,
    /** Depthwise and 1 x 1 convolution, both with the nonlinearity. */
    SEPARABLE,
    /** Depthwise convolution and projection. */
    UNEXPANDED,
    /** Expansion, depthwise convolution and projection. */
    DEPTHWISE,
    /** Expanding full convolution and projection. */
    FUSED,
    /** As {@link #FUSED}, but the expansion is over channels of the result. */
    FUSED_OVER_RESULT
  }

  public Stage {
    if (repeats < 1) {
      throw new IllegalArgumentException("repeats is " + repeats + ", must be 1 or more");
    }
  }

  /** A residual stage without gates; those without expansion take 1. */
  static Stage of(
      Kind kind,
      int kernel,
      int stride,
      double expansion,
      int channels,
      int repeats,
      Nonlinearity nonlinearity) {
    return new Stage(
        kind, kernel, stride, expansion, channels, repeats, nonlinearity, Squeeze.NONE, true);
  }

  /** This stage with gates. */
  Stage squeezed(Squeeze other) {
    return new Stage(
        kind, kernel, stride, expansion, channels, repeats, nonlinearity, other, residual);
  }

  /** This stage without residual connections. */
  Stage withoutSkip() {
    return new Stage(
        kind, kernel, stride, expansion, channels, repeats, nonlinearity, squeeze, false);
  }

  /** This stage with another nonlinearity. */
  Stage with(Nonlinearity other) {
    return new Stage(kind, kernel, stride, expansion, channels, repeats, other, squeeze, residual);
  }

  /** This stage with kernels of another size. */
  Stage withKernel(int other) {
    return new Stage(
        kind, other, stride, expansion, channels, repeats, nonlinearity, squeeze, residual);
  }

  /** This stage with channels times {@code width}, in steps of 8. */
  Stage widened(double width) {
    int scaled = Blocks.scaleChannels(channels, width);
    return new Stage(
        kind, kernel, stride, expansion, scaled, repeats, nonlinearity, squeeze, residual);
  }

  /** This stage with blocks times {@code depth}, rounded up. */
  Stage deepened(double depth) {
    int scaled = (int) Math.ceil(repeats * depth);
    return new Stage(
        kind, kernel, stride, expansion, channels, scaled, nonlinearity, squeeze, residual);
  }

  /**
   * Writes the stage's blocks, each in a scope of its own.
   *
   * @param name the scopes' prefix: blocks of {@code s3} are {@code s3b0}, {@code s3b1} and so on
   */
  public Value write(GraphBuilder net, String name, Value input) {
    Value x = input;
    for (int b = 0; b < repeats; b++) {
      x = block(net.scope(name + "b" + b), x, Kernel.of(kernel).stride(b == 0 ? stride : 1));
    }
    return x;
  }

  /**
   * As {@link #write}, but the map keeps its size: blocks after the first are dilated by the stride
   * that the first one leaves out.
   *
   * @param dilation of the first block
   */
  Value writeDilated(GraphBuilder net, String name, Value input, int dilation) {
    Value x = input;
    for (int b = 0; b < repeats; b++) {
      Kernel dilated = Kernel.of(kernel).dilation(b == 0 ? dilation : dilation * stride);
      x = block(net.scope(name + "b" + b), x, dilated);
    }
    return x;
  }

  private Value block(GraphBuilder net, Value x, Kernel kernel) {
    return switch (kind) {
      case CONVOLUTION -> net.conv("conv" + kernel.size(), x, channels, kernel, nonlinearity);
      case PROJECTION -> Blocks.project(net, x, channels);
      case SEPARABLE -> Blocks.depthwiseSeparable(net, x, channels, kernel, nonlinearity);
      case UNEXPANDED -> Blocks.unexpanded(net, x, bottleneck(x, x.channels(), kernel));
      case DEPTHWISE -> Blocks.depthwise(net, x, bottleneck(x, x.channels(), kernel));
      case FUSED -> Blocks.fused(net, x, bottleneck(x, x.channels(), kernel));
      case FUSED_OVER_RESULT -> Blocks.fused(net, x, bottleneck(x, channels, kernel));
    };
  }

  private Bottleneck bottleneck(Value x, int narrow, Kernel kernel) {
    int expanded = Blocks.scaleChannels(narrow, expansion);
    return new Bottleneck(
        expanded,
        channels,
        kernel,
        nonlinearity,
        squeeze.of(x.channels(), expanded, nonlinearity),
        residual);
  }
}
