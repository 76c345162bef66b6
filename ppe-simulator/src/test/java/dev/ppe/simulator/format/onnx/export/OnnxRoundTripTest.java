package dev.ppe.simulator.format.onnx.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.format.ImportOptions;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.export.RoundTrip;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.onnx.OnnxReader;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxRoundTripTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.ppe.simulator.format.export.RoundTrip#zoo")
  void networksOfTheZooKeepTheirHash(String name, Graph graph) throws IOException {
    RoundTrip.assertKept(roundTrip(graph), graph);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.ppe.simulator.format.export.RoundTrip#samples")
  void everyOperatorKeepsItsHash(String name, Graph graph) throws IOException {
    RoundTrip.assertKept(roundTrip(graph), graph);
  }

  @Test
  void anUnknownOperatorKeepsItsNameWhereverItStands() throws IOException {
    Tensor x = Tensor.activation("x", Shape.of(1, 4, 4, 2), DataType.FLOAT32);
    Tensor y = Tensor.activation("y", Shape.of(1, 4, 4, 3), DataType.FLOAT32);
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node("p", new Operator.GlobalPool2d(PoolFunction.MAX), List.of(0), List.of(1)));
    nodes.add(new Node("c", new Operator.Custom("Mystery"), List.of(0, 1), List.of(2)));
    nodes.add(new Node("q", new Operator.GlobalPool2d(PoolFunction.MAX), List.of(2), List.of(3)));
    Graph graph =
        new Graph(
            "custom", List.of(x, pooled("p", 2), y, pooled("q", 3)), nodes, List.of(0), List.of(3));

    RoundTrip.assertKept(roundTrip(graph), graph);
  }

  private static Tensor pooled(String name, int channels) {
    return Tensor.activation(name, Shape.of(1, 1, 1, channels), DataType.FLOAT32);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lacking")
  void whatTheFormatLacksIsRefusedByNode(String reason, Graph graph) {
    assertThatThrownBy(() -> roundTrip(graph))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("node 0 \"y\" (")
        .hasMessageContaining("cannot be written as ONNX: ")
        .hasMessageContaining(reason);
  }

  private static Stream<Arguments> lacking() {
    Padding same = Padding.SAME;
    return Stream.of(
        Arguments.of(
            "mirrors one element",
            single(new Operator.Pad(List.of(0, 2, 0, 0), List.of(0, 0, 0, 0), PadMode.SYMMETRIC))),
        Arguments.of(
            "sign-bit",
            single(
                new Operator.Pool2d(
                    PoolFunction.MAX, Window.square(3, 1, same), Activation.SIGN_BIT))),
        Arguments.of("no type OPAQUE", single(new Operator.Cast(DataType.OPAQUE))));
  }

  private static Graph single(Operator operator) {
    GraphBuilder net = GraphBuilder.named("single", Arithmetic.FLOAT32);
    return net.build(net.apply("y", operator, net.input("x", 1, 4, 4, 2)));
  }

  private static Graph roundTrip(Graph graph) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxWriter.write(graph, Weights.ZERO, out);
    return OnnxReader.read(graph.name(), ByteBuffer.wrap(out.toByteArray()), ImportOptions.DEFAULT)
        .graph();
  }
}
