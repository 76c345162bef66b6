package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.zoo.Zoo;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlacerTest {
  private static final Accelerator CORAL = AcceleratorBuilder.like("coral-usb").build();
  private static final Accelerator FREE =
      AcceleratorBuilder.like("coral-usb").contiguousRegion(false).build();

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value x = net.input("x", 1, 8, 8, 16);

  @Test
  void aSupportedNetworkRunsOnTheAcceleratorInOneStage() {
    Graph graph = Zoo.find("mobilenet_v2").orElseThrow().graph();

    assertThat(place(graph, CORAL))
        .hasSize(graph.nodes().size())
        .allMatch(node -> node.placement().onAccelerator() && node.stage() == 1);
  }

  @Test
  void aFloatNetworkStaysOnTheHostForItsType() {
    Graph graph = Zoo.find("mobilenet_v2").orElseThrow().graph(Arithmetic.FLOAT32);

    assertThat(place(graph, CORAL))
        .allSatisfy(
            node -> {
              assertThat(node.stage()).isZero();
              assertThat(node.placement())
                  .isEqualTo(new Placement.OnHost("float32 operand is not supported"));
            });
  }

  @Test
  void everyFallbackHasItsReason() {
    Graph graph = OperatorZoo.everyOperator();
    Map<String, String> reasons = reasons(graph, CORAL);

    assertThat(reasons)
        .containsValues(
            "operator Nms is not supported",
            "operator gather is not supported",
            "operator log-softmax is not supported",
            "operator layer-norm is not supported",
            "operator depth-to-space is not supported",
            "operator div is not supported",
            "operator pow is not supported",
            "operator reduce-product is not supported",
            "operator argmax is not supported",
            "operator cast is not supported",
            "float32 result is not supported");
    assertThat(reasons.values()).allMatch(reason -> reason.endsWith("is not supported"));
  }

  /** coral.ai, "TensorFlow models on the Edge TPU": the operators that one may rely on. */
  @Test
  void thePublishedOperatorsRunOnTheAccelerator() {
    Graph graph = OperatorZoo.everyOperator();
    Set<String> host = reasons(graph, CORAL).keySet();

    assertThat(
            graph.nodes().stream()
                .filter(node -> !host.contains(node.name()))
                .map(node -> node.operator().kind()))
        .contains(
            "add",
            "sub",
            "mul",
            "maximum",
            "minimum",
            "squared-difference",
            "average-pool",
            "max-pool",
            "concat",
            "conv",
            "depthwise-conv",
            "expand-dims",
            "fully-connected",
            "reduce-max",
            "reduce-min",
            "reduce-mean",
            "reduce-sum",
            "pad",
            "prelu",
            "quantize",
            "relu",
            "relu6",
            "reshape",
            "resize-bilinear",
            "resize-nearest",
            "rsqrt",
            "slice",
            "softmax",
            "space-to-depth",
            "split",
            "squeeze",
            "strided-slice",
            "tanh",
            "transpose",
            "transpose-conv",
            "lstm",
            "logistic");
  }

  @Test
  void everyOperatorIsTried() {
    assertThat(new HashSet<Class<?>>(OperatorZoo.kinds().toList()))
        .containsExactlyInAnyOrder(Operator.class.getPermittedSubclasses());
  }

  @Test
  void behindTheFirstFallbackEverythingStaysOnTheHostOfAContiguousAccelerator() {
    Value a = net.pointwise("a", x, 16, Activation.NONE);
    Value sine = net.unary("sine", UnaryFunction.SIN, a);
    Value b = net.pointwise("b", sine, 16, Activation.NONE);
    Graph graph = net.build(net.pointwise("c", b, 16, Activation.NONE));

    assertThat(stages(graph, CORAL)).isEqualTo(Map.of("a", 1, "sine", 2, "b", 2, "c", 2));
    assertThat(reasons(graph, CORAL))
        .isEqualTo(
            Map.of(
                "sine", "operator sin is not supported",
                "b",
                    "comes after \"sine\" on the host, and only one contiguous region goes to the"
                        + " accelerator",
                "c",
                    "comes after \"b\" on the host, and only one contiguous region goes to the"
                        + " accelerator"));
    assertThat(stages(graph, FREE)).isEqualTo(Map.of("a", 1, "sine", 2, "b", 3, "c", 3));
  }

  @Test
  void aBranchBesideTheFallbackStillBelongsToTheRegion() {
    Value a = net.pointwise("a", x, 16, Activation.NONE);
    Value sine = net.unary("sine", UnaryFunction.SIN, a);
    Value b = net.pointwise("b", a, 16, Activation.NONE);

    assertThat(stages(net.build(sine, b), CORAL)).isEqualTo(Map.of("a", 1, "sine", 2, "b", 1));
  }

  @Test
  void hostOperatorsMayStandBeforeTheRegion() {
    Value image = net.input("image", DataType.FLOAT32, 1, 8, 8, 16);
    Value q = net.apply("q", new Operator.Quantize(), image);
    Value sum = net.add("sum", q, x, Activation.NONE);

    assertThat(stages(net.build(sum), CORAL)).isEqualTo(Map.of("q", 0, "sum", 1));
  }

  @Test
  void anAcceleratorWithoutTheRuleTakesTurnsWithTheHost() {
    Value y = x;
    for (int i = 0; i < 4; i++) {
      y = net.conv("conv" + i, y, 16, Kernel.of(3), Activation.NONE);
      y = net.unary("sine" + i, UnaryFunction.SIN, y);
    }
    List<PlacedNode> placed = place(net.build(y), FREE);

    assertThat(placed).extracting(PlacedNode::stage).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(placed)
        .allMatch(node -> node.placement().onAccelerator() == (node.stage() % 2 == 1));
  }

  static Stream<Graph> networks() {
    return Stream.concat(Networks.some().stream(), Stream.of(OperatorZoo.everyOperator()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void producersComeFirstAndChangesOfPlaceBeginAStage(Graph graph) {
    for (Accelerator accelerator : List.of(CORAL, FREE)) {
      Graph canonical = CanonicalGraph.of(graph).graph();
      List<PlacedNode> placed = Placer.place(canonical, accelerator, Interruption.NEVER);
      PlacedNode[] writer = new PlacedNode[canonical.tensors().size()];
      for (PlacedNode node : placed) {
        for (int input : canonical.nodes().get(node.node()).inputs()) {
          PlacedNode producer = input == Node.ABSENT ? null : writer[input];
          if (producer != null) {
            boolean moved =
                producer.placement().onAccelerator() != node.placement().onAccelerator();
            assertThat(node.stage()).isGreaterThanOrEqualTo(producer.stage() + (moved ? 1 : 0));
          }
        }
        canonical.nodes().get(node.node()).outputs().forEach(output -> writer[output] = node);
        assertThat(node.placement().onAccelerator()).isEqualTo(node.stage() % 2 == 1);
      }
      long written = canonical.nodes().stream().mapToLong(node -> node.outputs().size()).sum();
      assertThat(Arrays.stream(writer).filter(node -> node != null)).hasSize((int) written);
    }
  }

  private static List<PlacedNode> place(Graph graph, Accelerator accelerator) {
    return Placer.place(CanonicalGraph.of(graph).graph(), accelerator, Interruption.NEVER);
  }

  private static Map<String, Integer> stages(Graph graph, Accelerator accelerator) {
    Graph canonical = CanonicalGraph.of(graph).graph();
    return Placer.place(canonical, accelerator, Interruption.NEVER).stream()
        .collect(
            Collectors.toMap(node -> canonical.nodes().get(node.node()).name(), PlacedNode::stage));
  }

  private static Map<String, String> reasons(Graph graph, Accelerator accelerator) {
    Graph canonical = CanonicalGraph.of(graph).graph();
    return Placer.place(canonical, accelerator, Interruption.NEVER).stream()
        .filter(node -> node.placement() instanceof Placement.OnHost)
        .collect(
            Collectors.toMap(
                node -> canonical.nodes().get(node.node()).name(),
                node -> ((Placement.OnHost) node.placement()).reason()));
  }
}
