package dev.ppe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Operator;
import dev.ppe.v1.Node;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorCodecTest {
  private static final int SAMPLES = 100;

  @SuppressWarnings("unchecked")
  static Stream<Class<? extends Operator>> operators() {
    return Arrays.stream(Operator.class.getPermittedSubclasses())
        .map(type -> (Class<? extends Operator>) type);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void everyOperatorComesBackAsItWas(Class<? extends Operator> type) {
    SampleRecords samples = new SampleRecords(7);
    for (int i = 0; i < SAMPLES; i++) {
      Operator operator = samples.record(type);
      Node.Builder message = Node.newBuilder();
      for (int output = 0; output < 3; output++) {
        message.addOutputs(output);
      }
      OperatorEncoder.encode(operator, message);
      assertThat(OperatorDecoder.decode(message.build())).isEqualTo(operator);
    }
  }

  @Test
  void everyOperatorHasAMessageOfItsOwn() {
    SampleRecords samples = new SampleRecords(7);
    assertThat(
            operators()
                .map(
                    type -> {
                      Node.Builder message = Node.newBuilder();
                      OperatorEncoder.encode(samples.record(type), message);
                      return message.getOperatorCase();
                    }))
        .doesNotHaveDuplicates()
        .hasSize(Node.OperatorCase.values().length - 1);
  }
}
