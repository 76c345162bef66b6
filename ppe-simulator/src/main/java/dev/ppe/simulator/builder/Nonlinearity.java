package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator.UnaryFunction;

/**
 * The function a network has after a layer, in the operators TensorFlow Lite writes it with: some
 * are fused into the layer, some are nodes of their own.
 */
public enum Nonlinearity {
  NONE(Activation.NONE),
  RELU(Activation.RELU),
  RELU6(Activation.RELU6),
  /** A gate between 0 and 1. */
  LOGISTIC(Activation.NONE),
  /**
   * relu6(x + 3) / 6, a gate of straight lines (Howard et al., "Searching for MobileNetV3", 2019).
   * The layer's bias takes the 3, as converters arrange it.
   */
  HARD_SIGMOID(Activation.RELU6),
  /** x logistic(x), which no operator computes at once. */
  SWISH(Activation.NONE),
  /** x relu6(x + 3) / 6. */
  HARD_SWISH(Activation.NONE);

  private final Activation fused;

  Nonlinearity(Activation fused) {
    this.fused = fused;
  }

  /** What the layer itself applies. */
  Activation fused() {
    return fused;
  }

  /** What comes after the layer {@code name}, whose result is {@code x}. */
  Value complete(GraphBuilder net, String name, Value x) {
    return switch (this) {
      case NONE, RELU, RELU6 -> x;
      case LOGISTIC -> net.unary(name + "/logistic", UnaryFunction.LOGISTIC, x);
      case HARD_SIGMOID ->
          net.multiply(name + "/hard-sigmoid", x, net.parameter(name + "/sixth", 1));
      case SWISH ->
          net.multiply(
              name + "/swish", x, net.unary(name + "/logistic", UnaryFunction.LOGISTIC, x));
      case HARD_SWISH -> net.unary(name + "/hard-swish", UnaryFunction.HARD_SWISH, x);
    };
  }
}
