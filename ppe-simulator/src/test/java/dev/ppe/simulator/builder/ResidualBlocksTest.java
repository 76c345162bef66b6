package dev.ppe.simulator.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.ResidualBlocks.Order;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResidualBlocksTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value image = net.input("image", 1, 14, 14, 64);

  @Test
  void bottleneckReducesSlidesAndRestores() {
    Graph graph =
        net.build(ResidualBlocks.bottleneck(net, image, 16, 64, 1, Order.STRIDE_IN_KERNEL));
    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsExactly("reduce", "conv3x3", "restore", "add");
    assertThat(Workload.macs(graph)).isEqualTo(14 * 14 * (64 * 16 + 16 * 16 * 9 + 16 * 64));
    assertThat(graph.nodes().getLast().toString()).contains("activation=RELU");
  }

  @Test
  void shortcutIsAConvolutionWhereTheShapeChanges() {
    Graph graph =
        net.build(ResidualBlocks.bottleneck(net, image, 32, 128, 2, Order.STRIDE_IN_KERNEL));
    assertThat(graph.nodes()).extracting(Node::name).contains("short/conv1x1");
    assertThat(graph.tensor(graph.outputs().getFirst()).shape()).isEqualTo(Shape.of(1, 7, 7, 128));
  }

  @Test
  void orderTellsWhichConvolutionStrides() {
    Value first = ResidualBlocks.bottleneck(net.scope("a"), image, 32, 128, 2, Order.STRIDE_FIRST);
    Value second =
        ResidualBlocks.bottleneck(net.scope("b"), image, 32, 128, 2, Order.STRIDE_IN_KERNEL);
    net.build(first, second);
    assertThat(net.endpoint("a/reduce").height()).isEqualTo(7);
    assertThat(net.endpoint("b/reduce").height()).isEqualTo(14);
  }

  @Test
  void preactivatedUnitNormalisesItsInputAndLeavesItsSum() {
    Graph graph = net.build(ResidualBlocks.basic(net, image, 64, 1, Order.PREACTIVATED));
    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsExactly("preactivation/mul", "preactivation/add", "conv3x3", "conv3x3-2", "add");
    assertThat(graph.nodes().getLast().toString()).contains("activation=NONE");
    // Nothing normalises the last convolution, so it has no bias.
    assertThat(graph.nodes().get(3).inputs()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void basicUnitHasTwoFullConvolutions(Order order) {
    Graph graph = net.build(ResidualBlocks.basic(net, image, 96, 2, order));
    assertThat(Workload.macs(graph)).isEqualTo(7 * 7 * 96 * (64 * 9 + 96 * 9 + 64));
  }
}
