package dev.ppe.simulator.zoo.classification;

import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Nonlinearity;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;

/** What follows the last block: the map is averaged, and classes are told from the averages. */
sealed interface Head {

  /** Averages straight to logits: MobileNetV1. */
  record Pooled() implements Head {}

  /** A 1 x 1 convolution before the averages, then logits: MobileNetV2 and most after it. */
  record Wide(int channels, Nonlinearity nonlinearity) implements Head {}

  /** A layer between the averages and the logits: MobileNetV3. */
  record WideAfterPool(int features, Nonlinearity nonlinearity) implements Head {}

  /**
   * A 1 x 1 convolution before the averages, then another one instead of a dense layer, and
   * probabilities: the MobileNetEdgeTPU families.
   */
  record Convolutional(int channels) implements Head {}

  /** Writes the head; the result is [1, classes]. */
  default Value write(GraphBuilder net, Value x, int classes) {
    return switch (this) {
      case Pooled pooled -> logits(net, pool(net, x), classes);
      case Wide(int channels, Nonlinearity nonlinearity) -> {
        Value wide = net.scope("head").pointwise("conv1x1", x, channels, nonlinearity);
        yield logits(net, pool(net, wide), classes);
      }
      case WideAfterPool(int features, Nonlinearity nonlinearity) -> {
        Value pooled = pool(net, x);
        GraphBuilder wide = net.scope("pre-logits");
        yield logits(net, wide.pointwise("conv1x1", pooled, features, nonlinearity), classes);
      }
      case Convolutional(int channels) -> {
        Value wide = net.scope("top").pointwise("conv1x1", x, channels, Nonlinearity.RELU);
        yield probabilities(net.scope("logits"), pool(net, wide), classes);
      }
    };
  }

  private static Value pool(GraphBuilder net, Value x) {
    return net.scope("head").globalAveragePool("pool", x);
  }

  private static Value logits(GraphBuilder net, Value x, int classes) {
    return net.scope("logits").fullyConnected("fully-connected", x, classes, Activation.NONE);
  }

  private static Value probabilities(GraphBuilder net, Value pooled, int classes) {
    Value logits = net.pointwise("conv1x1", pooled, classes, Nonlinearity.NONE);
    return net.squeeze("squeeze", net.softmax("softmax", logits), 1, 2);
  }
}
