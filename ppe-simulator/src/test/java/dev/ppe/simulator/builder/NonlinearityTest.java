package dev.ppe.simulator.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NonlinearityTest {

  @ParameterizedTest
  @CsvSource({
    "NONE, NONE, conv",
    "RELU, RELU, conv",
    "RELU6, RELU6, conv",
    "LOGISTIC, NONE, conv logistic",
    "HARD_SIGMOID, RELU6, conv mul",
    "SWISH, NONE, conv logistic mul",
    "HARD_SWISH, NONE, conv hard-swish",
  })
  void functionIsWrittenAsConvertersWriteIt(
      Nonlinearity nonlinearity, Activation fused, String kinds) {
    Graph graph = convolutionWith(nonlinearity);
    assertThat(graph.nodes().getFirst().operator())
        .isEqualTo(new Operator.Conv2d(Kernel.POINT.window(), 1, fused));
    assertThat(graph.nodes())
        .extracting(node -> node.operator().kind())
        .containsExactly(kinds.split(" "));
  }

  @ParameterizedTest
  @EnumSource
  void nodesAreNamedAfterTheirLayer(Nonlinearity nonlinearity) {
    assertThat(convolutionWith(nonlinearity).nodes())
        .extracting(Node::name)
        .allMatch(name -> name.equals("b0/expand") || name.startsWith("b0/expand/"));
  }

  private static Graph convolutionWith(Nonlinearity nonlinearity) {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    Value image = net.input("image", 1, 8, 8, 16);
    return net.build(net.scope("b0").pointwise("expand", image, 32, nonlinearity));
  }
}
