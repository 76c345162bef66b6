package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a description leaves to the host. */
class OperatorSupportTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value x = net.input("x", 1, 8, 8, 16);

  @Test
  void whatIsNamedStaysOnTheHost() {
    Graph graph = net.build(net.unary("y", UnaryFunction.TANH, x));

    assertThat(obstacle(graph, AcceleratorBuilder.small().hostOperators())).isEmpty();
    assertThat(obstacle(graph, AcceleratorBuilder.small().hostOperators("conv", "tanh")))
        .hasValue("operator tanh is not supported");
  }

  @Test
  void aStarStandsForAll() {
    Graph graph = net.build(net.pointwise("y", x, 16, Activation.NONE));

    assertThat(obstacle(graph, AcceleratorBuilder.small().hostOperators("*")))
        .hasValue("the host runs all operators");
  }

  @Test
  void kindsAreThoseOfReports() {
    Graph graph = net.build(net.groupConv("y", x, 16, 4, Kernel.POINT, Activation.NONE));

    assertThat(obstacle(graph, AcceleratorBuilder.small().hostOperators("conv"))).isEmpty();
    assertThat(obstacle(graph, AcceleratorBuilder.small().hostOperators("group-conv")))
        .hasValue("operator group-conv is not supported");
  }

  @Test
  void whatNobodyKnowsStaysOnTheHostOfAnyAccelerator() {
    Tensor map = Tensor.activation("map", Shape.of(1, 8, 8, 16), DataType.INT8);
    Graph graph =
        new Graph(
            "custom",
            List.of(map, map),
            List.of(new Node("y", new Operator.Custom("Nms"), List.of(0), List.of(1))),
            List.of(0),
            List.of(1));

    assertThat(obstacle(graph, AcceleratorBuilder.small().hostOperators()))
        .hasValue("operator Nms is not supported");
  }

  /** From 8 x 8, at most three times: 24. */
  @ParameterizedTest
  @CsvSource({"24, 24, true", "25, 24, false", "24, 25, false", "4, 24, true"})
  void imagesGrowAsFarAsTheDescriptionLets(int height, int width, boolean supported) {
    for (ResizeMethod method : ResizeMethod.values()) {
      Optional<String> obstacle = resized(method, height, width);
      assertThat(obstacle)
          .isEqualTo(
              supported
                  ? Optional.empty()
                  : Optional.of("makes the image more than 3 times larger"));
    }
  }

  private static Optional<String> resized(ResizeMethod method, int height, int width) {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    Value x = net.input("x", 1, 8, 8, 16);
    Operator resize = new Operator.Resize(method, height, width, false, false);
    return obstacle(
        net.build(net.apply("y", resize, x)), AcceleratorBuilder.small().maxUpsampling(3));
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT32", "INT16"})
  void otherTypesStayOnTheHost(DataType type) {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    Value wide = net.input("wide", type, 1, 8, 8, 16);
    Graph graph = net.build(net.unary("y", UnaryFunction.TANH, wide));

    assertThat(obstacle(graph, AcceleratorBuilder.small())).isPresent();
    assertThat(obstacle(graph, AcceleratorBuilder.small().types(DataType.INT8, type))).isEmpty();
  }

  private static Optional<String> obstacle(Graph graph, AcceleratorBuilder accelerator) {
    return OperatorSupport.obstacle(graph, graph.nodes().getFirst(), accelerator.build());
  }
}
