package dev.ppe.simulator.zoo.detection;

import dev.ppe.simulator.builder.Blocks;
import dev.ppe.simulator.builder.Bottleneck;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.PyramidBlocks;
import dev.ppe.simulator.builder.PyramidBlocks.Source;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import java.util.List;
import java.util.Optional;

/**
 * A node of SpaghettiNet: one map, or a merge of several, through layers of one width.
 *
 * @param level of its result
 * @param sources names of the nodes it reads
 */
public record SpaghettiNode(
    String name, int channels, int level, List<String> sources, List<Layer> layers) {

  /**
   * A layer; it adds its input unless it is the node's first, which strides if the node reads one
   * map of a lower level.
   */
  public sealed interface Layer {
    /**
     * Depthwise IBN.
     *
     * @param expansion of the node's channels, not of the input's
     */
    record Ibn(int kernel, int expansion) implements Layer {}

    /**
     * IBN whose expansion is a group convolution.
     *
     * @param expansion of the input's channels
     */
    record GroupConv(int expansion, int groups) implements Layer {}

    /** Separable convolution without expansion. */
    record Separable(int kernel) implements Layer {}
  }

  public SpaghettiNode {
    sources = List.copyOf(sources);
    layers = List.copyOf(layers);
  }

  /** Writes the node and gives its map. */
  Value write(GraphBuilder net, List<Source> inputs) {
    Value x =
        inputs.size() == 1
            ? inputs.getFirst().map()
            : PyramidBlocks.spaghettiMerge(net.scope(name), inputs, level, channels);
    boolean down = inputs.size() == 1 && strides(inputs.getFirst());
    for (int i = 0; i < layers.size(); i++) {
      GraphBuilder view = net.scope(name).scope("layer" + i);
      x = layer(view, x, layers.get(i), down && i == 0 ? 2 : 1, i > 0);
    }
    return x;
  }

  private boolean strides(Source source) {
    return source.level() < level;
  }

  private Value layer(GraphBuilder net, Value x, Layer layer, int stride, boolean residual) {
    return switch (layer) {
      case Layer.Ibn(int size, int expansion) ->
          Blocks.depthwise(net, x, bottleneck(expansion * channels, size, stride, residual));
      case Layer.GroupConv(int expansion, int groups) -> {
        int expanded = expansion * x.channels();
        Bottleneck bottleneck = bottleneck(expanded, 3, stride, residual);
        yield Blocks.groupConv(net, x, bottleneck, expanded / groups);
      }
      case Layer.Separable(int size) -> {
        Kernel kernel = Kernel.of(size).stride(stride);
        Value result = PyramidBlocks.separable(net, x, channels, kernel, Activation.RELU6);
        yield residual ? Blocks.residual(net, x, result, kernel) : result;
      }
    };
  }

  private Bottleneck bottleneck(int expanded, int size, int stride, boolean residual) {
    Kernel kernel = Kernel.of(size).stride(stride);
    return new Bottleneck(
        expanded, channels, kernel, Nonlinearity.RELU6, Optional.empty(), residual);
  }
}
