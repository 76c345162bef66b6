package dev.ppe.simulator.format.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.export.SampleNetworks;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.onnx.OnnxReader;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.zoo.Zoo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxRoundTripTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("zoo")
  void networksOfTheZooKeepTheirHash(String name, Graph graph) throws IOException {
    assertKept(graph);
  }

  private static Stream<Arguments> zoo() {
    return Zoo.models().stream()
        .flatMap(
            model ->
                Stream.of(Arithmetic.values())
                    .map(a -> Arguments.of(model.name() + " " + a, model.graph(a))))
        .filter(arguments -> isKept((Graph) arguments.get()[1]));
  }

  /**
   * The importer keeps the cast behind an arg-max, which is 64-bit in ONNX, and makes one
   * transposition of two in front of a matrix product.
   */
  private static boolean isKept(Graph graph) {
    return graph.nodes().stream()
        .map(Node::operator)
        .noneMatch(
            operator ->
                switch (operator) {
                  case Operator.ArgMax argMax -> argMax.outputType() != DataType.INT64;
                  case Operator.BatchMatMul matmul ->
                      matmul.transposeLeft() || matmul.transposeRight();
                  default -> false;
                });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operators")
  void operatorsKeepTheirHash(String name, Graph graph) throws IOException {
    assertKept(graph);
  }

  private static Stream<Arguments> operators() {
    return Stream.of(Arithmetic.values())
        .flatMap(
            arithmetic ->
                SampleNetworks.operators(arithmetic).entrySet().stream()
                    .filter(e -> e.getValue().nodes().stream().allMatch(n -> isKept(arithmetic, n)))
                    .map(e -> Arguments.of(arithmetic + " " + e.getKey(), e.getValue())));
  }

  /** What ONNX writes in several nodes, and what its importer takes as work on reals, is not. */
  private static boolean isKept(Arithmetic arithmetic, Node node) {
    boolean reals = arithmetic == Arithmetic.FLOAT32;
    return switch (node.operator()) {
      case Operator.Unary unary ->
          switch (unary.function()) {
            case SQUARE, RSQRT -> false;
            case LOG, SIN, COS, FLOOR, CEIL, ROUND, ERF -> reals;
            default -> true;
          };
      case Operator.Binary binary -> binary.function() != BinaryFunction.SQUARED_DIFFERENCE;
      case Operator.Reduce reduce -> reals || reduce.function() != ReduceFunction.PRODUCT;
      case Operator.ArgMax argMax -> reals && argMax.outputType() == DataType.INT64;
      case Operator.Cast cast -> reals;
      case Operator.Quantize quantize -> false;
      case Operator.Transpose transpose -> false; // nobody needs the order it makes
      case Operator.LayerNorm norm -> node.hasInput(1);
      default -> true;
    };
  }

  private static void assertKept(Graph graph) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxWriter.write(graph, Weights.ZERO, out);
    Graph again =
        OnnxReader.read(graph.name(), ByteBuffer.wrap(out.toByteArray()), ImportOptions.DEFAULT)
            .graph();
    CanonicalGraph expected = CanonicalGraph.of(graph);
    CanonicalGraph found = CanonicalGraph.of(again);
    if (!found.hash().equals(expected.hash())) {
      assertThat(description(found.graph())).isEqualTo(description(expected.graph()));
    }
    assertThat(found.hash()).isEqualTo(expected.hash());
  }

  /** What the hash is made of, for messages that say more than two hashes do. */
  private static String description(Graph graph) {
    StringBuilder text = new StringBuilder();
    graph
        .nodes()
        .forEach(
            node ->
                text.append(node.operator())
                    .append(node.inputs())
                    .append(node.outputs())
                    .append('\n'));
    graph
        .tensors()
        .forEach(
            tensor ->
                text.append(tensor.role())
                    .append(tensor.type())
                    .append(tensor.shape())
                    .append(tensor.quantization().getClass().getSimpleName())
                    .append('\n'));
    return text.toString();
  }
}
