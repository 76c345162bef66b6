package dev.ppe.simulator.graph.precision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.DeadNodes;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any graph, of types however mixed. */
class RandomGraphsTest {
  private static final List<DataType> TYPES =
      List.of(
          DataType.FLOAT32,
          DataType.FLOAT32,
          DataType.FLOAT16,
          DataType.BFLOAT16,
          DataType.INT8,
          DataType.UINT8,
          DataType.INT16,
          DataType.INT32);
  private static final List<Quantization> SCALES =
      List.of(Quantization.NONE, Sketch.SCALE, Sketch.OTHER_SCALE);

  /** Squares of 8 x 8, so that everything fits everything. */
  private static final class Generator {
    private final Random random;
    private final Sketch sketch = new Sketch();
    private final List<Integer> values = new ArrayList<>();

    Generator(int seed) {
      random = new Random(seed);
    }

    private <T> T any(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }

    private Tensor square() {
      DataType type = any(TYPES);
      Tensor tensor = Tensor.activation("", Shape.of(8, 8), type);
      return type.isFloat() ? tensor : tensor.withType(type, any(SCALES));
    }

    private int stored() {
      return random.nextBoolean()
          ? sketch.parameter(any(TYPES), 8, 8)
          : sketch.state(any(TYPES), 8, 8);
    }

    private void node() {
      int x = random.nextInt(8) == 0 ? stored() : any(values);
      int result =
          switch (random.nextInt(9)) {
            case 0 -> sketch.apply(new Operator.Quantize(), square(), x);
            case 1 -> sketch.apply(new Operator.Dequantize(), square(), x);
            case 2 -> {
              Tensor to = square();
              yield sketch.apply(new Operator.Cast(to.type()), to, x);
            }
            case 3 -> sketch.apply(Sketch.CUSTOM, square(), x, any(values));
            case 4 -> sketch.apply(Sketch.RELU, square(), x);
            case 5 ->
                sketch.apply(
                    new Operator.Binary(Operator.BinaryFunction.ADD, Activation.NONE),
                    square(),
                    x,
                    stored());
            case 6 ->
                sketch.apply(new Operator.BatchMatMul(false, false), square(), x, any(values));
            default ->
                sketch.apply(
                    new Operator.FullyConnected(false, Activation.NONE),
                    square(),
                    x,
                    sketch.parameter(any(TYPES), 8, 8),
                    random.nextBoolean() ? Node.ABSENT : sketch.parameter(any(TYPES), 8));
          };
      values.add(result);
    }

    Graph graph() {
      values.add(sketch.input(square()));
      values.add(sketch.input(square()));
      int size = 1 + random.nextInt(20);
      IntStream.range(0, size).forEach(i -> node());
      int last = values.getLast();
      return sketch.graph(last, values.get(2 + random.nextInt(size)));
    }
  }

  static List<Named<Graph>> graphs() {
    return IntStream.range(0, 400)
        .mapToObj(seed -> Named.of("seed " + seed, new Generator(seed).graph()))
        .toList();
  }

  private static List<Graph> converted(Graph graph) {
    return List.of(Sketch.int8(graph), Sketch.bf16(graph));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void countsStayWhatTheyWere(Graph graph) {
    Graph live = DeadNodes.drop(graph);
    assertThat(converted(graph))
        .allSatisfy(
            other -> {
              Graph needed = DeadNodes.drop(other);
              assertThat(Workload.macs(needed)).isEqualTo(Workload.macs(live));
              assertThat(Workload.parameters(needed)).isEqualTo(Workload.parameters(live));
              assertThat(other.inputs()).isEqualTo(graph.inputs());
              assertThat(other.outputs()).hasSameSizeAs(graph.outputs());
            });
  }

  /** Nothing but an operator that keeps reals, and conversions, sees the old numbers. */
  @ParameterizedTest
  @MethodSource("graphs")
  void operatorsThatComputeSeeNoOtherReals(Graph graph) {
    for (NumberFormat format : NumberFormat.values()) {
      Graph other = Conversion.of(graph, format, Interruption.NEVER);
      for (Node node : other.nodes()) {
        if (Treatment.of(node.operator()) == Treatment.COMPUTES) {
          assertThat(node.inputs())
              .filteredOn(input -> input != Node.ABSENT && other.tensor(input).type().isFloat())
              .allSatisfy(input -> assertThat(other.tensor(input).type()).isEqualTo(format.type()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void integersStayAsTheyAre(Graph graph) {
    assertThat(converted(graph))
        .allSatisfy(
            other -> {
              for (int i = 0; i < graph.tensors().size(); i++) {
                if (!graph.tensor(i).type().isFloat()) {
                  assertThat(other.tensor(i)).isEqualTo(graph.tensor(i));
                }
              }
            });
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void theOrderOfTheListDoesNotMatter(Graph graph) {
    List<Node> reversed = new ArrayList<>(graph.nodes());
    Collections.reverse(reversed);
    Graph other =
        new Graph(graph.name(), graph.tensors(), reversed, graph.inputs(), graph.outputs());
    for (Precision precision : Precision.values()) {
      assertThat(CanonicalGraph.of(precision.applyTo(other)).hash())
          .isEqualTo(CanonicalGraph.of(precision.applyTo(graph)).hash());
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void aSecondConversionChangesNothing(Graph graph) {
    for (Precision precision : Precision.values()) {
      Graph once = precision.applyTo(graph);
      assertThat(CanonicalGraph.of(precision.applyTo(once)).hash())
          .isEqualTo(CanonicalGraph.of(once).hash());
    }
  }
}
