package dev.ppe.simulator.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.OperatorZoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorKindsTest {
  @Test
  void everyOperatorsKindIsAmongThem() {
    assertThat(OperatorZoo.everyOperator().nodes())
        .filteredOn(node -> !(node.operator() instanceof Operator.Custom))
        .allSatisfy(node -> assertThat(OperatorKinds.all()).contains(node.operator().kind()));
  }

  /** A kind of operator that the list lacks would be missing from the zoo of all operators, too. */
  @Test
  void thereAreAsManyFamiliesAsOperators() {
    assertThat(
            OperatorZoo.everyOperator().nodes().stream()
                .map(node -> node.operator().getClass())
                .distinct())
        .hasSize(Operator.class.getPermittedSubclasses().length);
    assertThat(OperatorKinds.all()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "hardswish, hard-swish",
    "arg_max, argmax",
    "Conv2d, conv",
    "depthwise, depthwise-conv",
    "sofmax, softmax",
  })
  void aMisspeltOneHasANearest(String written, String nearest) {
    assertThat(OperatorKinds.nearest(written)).isEqualTo(nearest);
  }
}
