package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.Activation;
import java.util.Optional;

/**
 * A layer of a SpaghettiNet node (Akin et al., "Searching for Efficient Neural Architectures for
 * On-Device ML on Edge TPUs", 2022; ssd_spaghettinet_feature_extractor.py), with ReLU6 throughout.
 */
public sealed interface SpaghettiLayer {
  /**
   * Depthwise IBN.
   *
   * @param kernel side of the depthwise kernel
   * @param expansion of the node's channels, not of the input's
   */
  record Ibn(int kernel, int expansion) implements SpaghettiLayer {}

  /**
   * GC-IBN with a 3 x 3 kernel.
   *
   * @param expansion of the input's channels
   * @param groups of the group convolution
   */
  record GroupConv(int expansion, int groups) implements SpaghettiLayer {}

  /** Separable convolution without expansion. */
  record Separable(int kernel) implements SpaghettiLayer {}

  /**
   * Writes the layer.
   *
   * @param channels of the node
   * @param residual whether the layer adds its input
   */
  default Value write(GraphBuilder net, Value x, int channels, int stride, boolean residual) {
    return switch (this) {
      case Ibn(int size, int expansion) ->
          Blocks.depthwise(
              net, x, bottleneck(expansion * channels, channels, size, stride, residual));
      case GroupConv(int expansion, int groups) -> {
        int expanded = expansion * x.channels();
        net.requireGroups("gc3x3", x, expanded, groups);
        yield Blocks.groupConv(
            net, x, bottleneck(expanded, channels, 3, stride, residual), expanded / groups);
      }
      case Separable(int size) -> {
        Kernel kernel = Kernel.of(size).stride(stride);
        Value result = PyramidBlocks.separable(net, x, channels, kernel, Activation.RELU6);
        yield residual ? Blocks.residual(net, x, result, kernel) : result;
      }
    };
  }

  private static Bottleneck bottleneck(
      int expanded, int channels, int size, int stride, boolean residual) {
    Kernel kernel = Kernel.of(size).stride(stride);
    return new Bottleneck(
        expanded, channels, kernel, Nonlinearity.RELU6, Optional.empty(), residual);
  }
}
