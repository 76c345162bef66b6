package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;

/**
 * Layers one behind the other, each call giving the chain with one more: how the parts of a network
 * that do not branch read best.
 *
 * <pre>{@code
 * Graph graph =
 *     net.chain(net.input("image", 1, 224, 224, 3))
 *         .conv("stem", 32, Kernel.of(3).stride(2), Nonlinearity.RELU)
 *         .block("b0", (scope, x) -> Blocks.fused(scope, x, bottleneck))
 *         .globalAveragePool("pool")
 *         .fullyConnected("logits", 1000, Activation.NONE)
 *         .build();
 * }</pre>
 *
 * <p>A chain does not change: two chains may go on from one. Errors are those of the layers of
 * {@link GraphBuilder}.
 *
 * @param net the view that layers are written on
 * @param value the last layer's result
 */
public record Chain(GraphBuilder net, Value value) {

  /** Several layers as a function, for example a method of {@link Blocks}. */
  public interface Block {
    /** Writes the layers on {@code net} and gives their result. */
    Value write(GraphBuilder net, Value x);
  }

  /** A block whose layers are named under {@code scope}. */
  public Chain block(String scope, Block block) {
    return behind(block.write(net.scope(scope), value));
  }

  /** A 2-D convolution. */
  public Chain conv(String name, int channels, Kernel kernel, Nonlinearity nonlinearity) {
    return behind(net.conv(name, value, channels, kernel, nonlinearity));
  }

  /** A 1 x 1 convolution. */
  public Chain pointwise(String name, int channels, Nonlinearity nonlinearity) {
    return behind(net.pointwise(name, value, channels, nonlinearity));
  }

  /** A 2-D convolution in groups. */
  public Chain groupConv(
      String name, int channels, int groups, Kernel kernel, Nonlinearity nonlinearity) {
    return behind(net.groupConv(name, value, channels, groups, kernel, nonlinearity));
  }

  /** A depthwise convolution. */
  public Chain depthwise(String name, Kernel kernel, Nonlinearity nonlinearity) {
    return behind(net.depthwise(name, value, kernel, nonlinearity));
  }

  /** {@code units} weighted sums of all features. */
  public Chain fullyConnected(String name, int units, Activation activation) {
    return behind(net.fullyConnected(name, value, units, activation));
  }

  /** Average over each position of the kernel. */
  public Chain averagePool(String name, Kernel kernel) {
    return behind(net.averagePool(name, value, kernel));
  }

  /** Largest element at each position of the kernel. */
  public Chain maxPool(String name, Kernel kernel) {
    return behind(net.maxPool(name, value, kernel));
  }

  /** Average over the whole map. */
  public Chain globalAveragePool(String name) {
    return behind(net.globalAveragePool(name, value));
  }

  /** The same elements under another shape; one dimension may be -1. */
  public Chain reshape(String name, Integer... dimensions) {
    return behind(net.reshape(name, value, dimensions));
  }

  /** Probabilities along the innermost axis. */
  public Chain softmax(String name) {
    return behind(net.softmax(name, value));
  }

  /** The verified graph whose only output is this chain's. */
  public Graph build() {
    return net.build(value);
  }

  private Chain behind(Value next) {
    return new Chain(net, next);
  }
}
