package dev.ppe.simulator.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalOperatorTest {
  private static final Shape MAP = Shape.of(1, 8, 8, 4);
  private static final Operator ADD = new Operator.Binary(BinaryFunction.ADD, Activation.NONE);

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void operatorsThatComputeTheSameHashAlike(Operator one, Operator other) {
    assertThat(hash(graph(one, MAP))).isEqualTo(hash(graph(other, MAP)));
  }

  private static Stream<Arguments> pairs() {
    Padding none = Padding.explicit(0, 0, 0, 0);
    return Stream.of(
        Arguments.of(
            new Operator.Reduce(ReduceFunction.MEAN, List.of(2, 1), true),
            new Operator.GlobalPool2d(PoolFunction.AVERAGE)),
        Arguments.of(
            new Operator.Reduce(ReduceFunction.MAX, List.of(-3, -2), true),
            new Operator.GlobalPool2d(PoolFunction.MAX)),
        Arguments.of(
            new Operator.Reduce(ReduceFunction.SUM, List.of(), false),
            new Operator.Reduce(ReduceFunction.SUM, List.of(3, 0, 1, 2), false)),
        Arguments.of(new Operator.Softmax(-1), new Operator.Softmax(3)),
        Arguments.of(
            new Operator.Concat(-1, Activation.NONE), new Operator.Concat(3, Activation.NONE)),
        Arguments.of(new Operator.Reshape(List.of(1, -1)), new Operator.Reshape(List.of(1, 256))),
        Arguments.of(new Operator.Squeeze(List.of()), new Operator.Squeeze(List.of(-4))),
        Arguments.of(new Operator.ExpandDims(-1), new Operator.ExpandDims(4)),
        Arguments.of(
            new Operator.StridedSlice(List.of(0, -6), List.of(9, 8), List.of(1, 1), 1, 0, 0, 0, 0),
            new Operator.Slice(List.of(0, 2, 0, 0), List.of(-1, 6, -1, 4))),
        Arguments.of(pool(2, 2, Padding.VALID), pool(2, 2, Padding.SAME)),
        Arguments.of(pool(1, 1, Padding.VALID), pool(1, 1, none)),
        Arguments.of(pool(3, 2, Padding.explicit(0, 1, 0, 1)), pool(3, 2, Padding.SAME)));
  }

  private static Operator pool(int kernel, int stride, Padding padding) {
    return new Operator.Pool2d(
        PoolFunction.MAX, Window.square(kernel, stride, padding), Activation.NONE);
  }

  @Test
  void operatorsThatDifferHashApart() {
    assertThat(hash(graph(pool(3, 2, Padding.explicit(1, 0, 1, 0)), MAP)))
        .isNotEqualTo(hash(graph(pool(3, 2, Padding.SAME), MAP)));
    assertThat(hash(graph(new Operator.Softmax(1), MAP)))
        .isNotEqualTo(hash(graph(new Operator.Softmax(-1), MAP)));
    assertThat(hash(graph(new Operator.Reduce(ReduceFunction.MEAN, List.of(1, 2), false), MAP)))
        .isNotEqualTo(hash(graph(new Operator.GlobalPool2d(PoolFunction.AVERAGE), MAP)));
  }

  @Test
  void leadingOnesOfAStoredOperandDoNotCount() {
    assertThat(hash(sum(Shape.of(1, 1, 1, 4)))).isEqualTo(hash(sum(Shape.of(4))));
    assertThat(hash(sum(Shape.of(1, 1)))).isEqualTo(hash(sum(Shape.of())));
    assertThat(hash(sum(Shape.of(8, 1)))).isNotEqualTo(hash(sum(Shape.of(8, 1, 1))));
  }

  @Test
  void leadingOnesThatMakeTheResultCount() {
    Graph wide = stored(Shape.of(4), Shape.of(1, 1, 4), ADD);

    assertThat(GraphVerifier.verify(CanonicalGraph.of(wide).graph(), GraphLimits.DEFAULT))
        .isEqualTo(wide);
  }

  @Test
  void absentOperandsAtTheEndDoNotCount() {
    Graph graph = Graphs.residual();
    List<Node> nodes = new ArrayList<>(graph.nodes());
    Node conv = nodes.getFirst();
    nodes.set(0, new Node("c", conv.operator(), List.of(0, 1), conv.outputs()));
    Graph without = with(graph, nodes);
    nodes.set(0, new Node("c", conv.operator(), List.of(0, 1, Node.ABSENT), conv.outputs()));

    assertThat(hash(with(graph, nodes))).isEqualTo(hash(without));
  }

  private static Graph with(Graph graph, List<Node> nodes) {
    return new Graph(graph.name(), graph.tensors(), nodes, graph.inputs(), graph.outputs());
  }

  private static Graph sum(Shape stored) {
    return stored(MAP, stored, ADD);
  }

  private static Graph stored(Shape computed, Shape stored, Operator operator) {
    Shape result =
        ShapeInference.infer(operator, List.of(Optional.of(computed), Optional.of(stored)))
            .orElseThrow()
            .getFirst();
    return new Graph(
        "sum",
        List.of(
            Tensor.activation("x", computed, DataType.INT8),
            Tensor.parameter("p", stored, DataType.INT8),
            Tensor.activation("y", result, DataType.INT8)),
        List.of(new Node("y", operator, List.of(0, 1), List.of(2))),
        List.of(0),
        List.of(2));
  }

  private static Graph graph(Operator operator, Shape input) {
    Shape result =
        ShapeInference.infer(operator, List.of(Optional.of(input))).orElseThrow().getFirst();
    Graph graph =
        new Graph(
            "one",
            List.of(
                Tensor.activation("x", input, DataType.INT8),
                Tensor.activation("y", result, DataType.INT8)),
            List.of(new Node("y", operator, List.of(0), List.of(1))),
            List.of(0),
            List.of(1));
    return GraphVerifier.verify(graph, GraphLimits.DEFAULT);
  }

  private static GraphHash hash(Graph graph) {
    return CanonicalGraph.of(graph).hash();
  }
}
