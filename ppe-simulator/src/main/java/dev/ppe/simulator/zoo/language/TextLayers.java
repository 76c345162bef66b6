package dev.ppe.simulator.zoo.language;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;

/** Layers of text encoders, on sequences [1, tokens, features]. */
final class TextLayers {
  private TextLayers() {}

  /** {@code features} weighted sums for each token, with biases. */
  static Value dense(GraphBuilder net, String name, Value x, int features, Activation activation) {
    return net.apply(
        name,
        new Operator.FullyConnected(true, activation),
        x,
        net.weights(name + "/weights", Shape.of(features, x.channels()), 0),
        net.bias(name + "/bias", features));
  }

  /** A row of a stored table for each index. */
  static Value embed(GraphBuilder net, String name, Value indices, int rows, int features) {
    Value table = net.parameter(name + "/table", rows, features);
    return net.apply(name, new Operator.Gather(0, 0), table, indices);
  }

  static Value add(GraphBuilder net, String name, Value left, Value right) {
    return net.add(name, left, right, Activation.NONE);
  }

  /** MobileBERT's NoNorm: a learned scale and offset of each feature, without statistics. */
  static Value noNorm(GraphBuilder net, String name, Value x) {
    return net.scaleAndOffset(name, x, Activation.NONE);
  }

  static Value layerNorm(GraphBuilder net, String name, Value x) {
    return net.apply(
        name,
        new Operator.LayerNorm(1),
        x,
        net.parameter(name + "/scale", x.channels()),
        net.parameter(name + "/offset", x.channels()));
  }

  static int tokens(Value x) {
    return x.shape().dim(1);
  }
}
