package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Bottleneck;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.SqueezeExcite;
import dev.ppe.simulator.builder.Value;
import java.util.Optional;

/** A block of the MobileDet search space. All end in a linear projection. */
public sealed interface MobileDetBlock {
  /**
   * Inverted bottleneck with a depthwise convolution.
   *
   * @param expansion of the channels; there is no layer for an expansion of 1
   * @param kernel side of the spatial kernel
   */
  record Ibn(int expansion, int kernel) implements MobileDetBlock {}

  /** Inverted bottleneck whose expansion is the spatial convolution. */
  record Fused(int expansion, int kernel) implements MobileDetBlock {}

  /**
   * Tucker convolution: a full convolution between fewer channels than the block has outside.
   *
   * @param input the share of input channels that it reads
   * @param output the share of output channels that it gives
   */
  record Tucker(double input, double output, int kernel) implements MobileDetBlock {}

  /**
   * What the blocks of a network share.
   *
   * @param squeezeExcite whether IBNs weigh their channels, by a quarter of them
   */
  record Style(Nonlinearity nonlinearity, boolean squeezeExcite) {}

  /**
   * Writes the block.
   *
   * @param residual whether the block adds its input
   */
  default Value write(
      GraphBuilder net, Value x, int channels, int stride, boolean residual, Style style) {
    return switch (this) {
      case Ibn(int expansion, int size) -> {
        int expanded = expansion * x.channels();
        Optional<SqueezeExcite> gate =
            style.squeezeExcite()
                ? Optional.of(
                    new SqueezeExcite(
                        share(expanded, 0.25), style.nonlinearity(), Nonlinearity.LOGISTIC))
                : Optional.empty();
        Bottleneck bottleneck =
            new Bottleneck(
                expanded,
                channels,
                Kernel.of(size).stride(stride),
                style.nonlinearity(),
                gate,
                residual);
        yield expansion == 1
            ? Blocks.unexpanded(net, x, bottleneck)
            : Blocks.depthwise(net, x, bottleneck);
      }
      case Fused(int expansion, int size) ->
          Blocks.fused(
              net, x, plain(expansion * x.channels(), channels, size, stride, residual, style));
      case Tucker(double input, double output, int size) ->
          Blocks.tucker(
              net,
              x,
              share(x.channels(), input),
              plain(share(channels, output), channels, size, stride, residual, style));
    };
  }

  private static Bottleneck plain(
      int inside, int channels, int size, int stride, boolean residual, Style style) {
    Kernel kernel = Kernel.of(size).stride(stride);
    return new Bottleneck(
        inside, channels, kernel, style.nonlinearity(), Optional.empty(), residual);
  }

  /** A share of the channels in multiples of 8, one at least; halves are rounded up. */
  private static int share(int channels, double share) {
    return Math.max(8, 8 * (int) Math.floor(channels * share / 8 + 0.5));
  }
}
