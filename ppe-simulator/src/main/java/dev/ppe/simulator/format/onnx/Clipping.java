package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.format.onnx.file.Attribute;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import dev.ppe.simulator.graph.Activation;
import java.util.Map;
import java.util.Optional;

/**
 * Operators that only cut off a range, and the rectifier each is.
 *
 * @param low the lower bound, -infinity if there is none
 * @param high the upper bound, infinity if there is none
 */
record Clipping(double low, double high) {
  /** The largest half-precision number: exporters write it where they mean no bound. */
  private static final double UNBOUNDED = 65_504;

  /** The range that {@code node} leaves; empty if it is another operator or bounded at run time. */
  static Optional<Clipping> range(StoredNode node, Map<String, Value> values) {
    if (!node.domain().isEmpty()) {
      return Optional.empty();
    }
    return switch (node.type()) {
      case "Relu" -> Optional.of(new Clipping(0, Double.POSITIVE_INFINITY));
      case "Clip" -> {
        Optional<Double> low = bound(node, values, 1, "min", Double.NEGATIVE_INFINITY);
        Optional<Double> high = bound(node, values, 2, "max", Double.POSITIVE_INFINITY);
        yield low.isPresent() && high.isPresent()
            ? Optional.of(new Clipping(low.get(), high.get()))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /**
   * The fused activation that {@code node} is: NONE if it cuts nothing off, empty if there is none
   * like it.
   */
  static Optional<Activation> of(StoredNode node, Map<String, Value> values) {
    return range(node, values).flatMap(Clipping::activation);
  }

  Optional<Activation> activation() {
    if (!boundedBelow() && !boundedAbove()) {
      return Optional.of(Activation.NONE);
    }
    if (low == 0 && !boundedAbove()) {
      return Optional.of(Activation.RELU);
    }
    if (low == 0 && high == 6) {
      return Optional.of(Activation.RELU6);
    }
    return low == -1 && high == 1 ? Optional.of(Activation.RELU_N1_TO_1) : Optional.empty();
  }

  boolean boundedBelow() {
    return low > -UNBOUNDED;
  }

  boolean boundedAbove() {
    return high < UNBOUNDED;
  }

  /** An attribute up to operator set 10, an operand since. */
  private static Optional<Double> bound(
      StoredNode node, Map<String, Value> values, int position, String key, double none) {
    String name = node.input(position);
    if (!name.isEmpty()) {
      return values.get(name) instanceof Stored stored && stored.shape().elements() == 1
          ? stored.constant().map(Constant::single)
          : Optional.empty();
    }
    return Optional.of(
        node.attributes().get(key) instanceof Attribute.Real real ? (double) real.value() : none);
  }
}
