package dev.ppe.simulator.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Short forms for the tests of shape inference. */
final class Shapes {
  private Shapes() {}

  /** The one result's shape. */
  static Shape infer(Operator operator, Shape... operands) {
    return inferAll(operator, operands).getFirst();
  }

  static List<Shape> inferAll(Operator operator, Shape... operands) {
    return ShapeInference.infer(operator, Arrays.stream(operands).map(Optional::of).toList())
        .orElseThrow();
  }

  static void assertRefused(String reason, Operator operator, Shape... operands) {
    assertThatThrownBy(() -> infer(operator, operands))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
