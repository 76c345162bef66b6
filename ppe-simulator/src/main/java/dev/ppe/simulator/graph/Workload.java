package dev.ppe.simulator.graph;

import dev.ppe.simulator.Interruption;
import java.util.ArrayList;
import java.util.List;

/** Counts of what a network computes and stores, independent of any hardware. */
public final class Workload {
  private Workload() {}

  /**
   * Multiply-accumulates of one node for one inference: of convolutions, matrix products and
   * recurrent cells. Positions in the padding count, as is the custom; elementwise work does not.
   *
   * @throws ArithmeticException if they do not fit a {@code long}; never for a verified graph
   */
  public static long macs(Graph graph, Node node) {
    return switch (node.operator()) {
      case Operator.Conv2d conv -> perOutput(graph, node, conv.window().area(), 3);
      case Operator.DepthwiseConv2d conv ->
          times(graph.output(node, 0).shape().elements(), conv.window().area());
      case Operator.TransposeConv2d conv ->
          times(
              graph.input(node, 0).shape().elements(),
              conv.window().area(),
              graph.output(node, 0).shape().dim(3));
      case Operator.FullyConnected fc -> perOutput(graph, node, 1, 1);
      case Operator.BatchMatMul matmul -> {
        Shape left = graph.input(node, 0).shape();
        int depth = left.dim(left.rank() - (matmul.transposeLeft() ? 2 : 1));
        yield times(graph.output(node, 0).shape().elements(), depth);
      }
      case Operator.UnidirectionalLstm lstm -> lstmMacs(graph, node);
      default -> 0;
    };
  }

  private static long perOutput(Graph graph, Node node, long area, int depthAxis) {
    return times(
        graph.output(node, 0).shape().elements(),
        area,
        graph.input(node, 1).shape().dim(depthAxis));
  }

  /** Every gate's two products in every step, and the projection. */
  private static long lstmMacs(Graph graph, Node node) {
    Shape input = graph.input(node, 0).shape();
    long weights = 0;
    for (int i = 1; i <= 8; i++) {
      weights += operandElements(graph, node, i);
    }
    weights += operandElements(graph, node, 16);
    return times(input.dim(0), input.dim(1), weights);
  }

  private static long operandElements(Graph graph, Node node, int position) {
    return node.hasInput(position) ? graph.input(node, position).shape().elements() : 0;
  }

  /**
   * Elementwise operations of one node for one inference: one per element read for pooling and
   * reductions, one per element written for everything else without multiply-accumulates.
   *
   * @throws ArithmeticException if they do not fit a {@code long}; never for a verified graph
   */
  public static long vectorOperations(Graph graph, Node node) {
    return switch (node.operator()) {
      case Operator.Conv2d conv -> 0;
      case Operator.DepthwiseConv2d conv -> 0;
      case Operator.TransposeConv2d conv -> 0;
      case Operator.FullyConnected fc -> 0;
      case Operator.BatchMatMul matmul -> 0;
      case Operator.UnidirectionalLstm lstm -> 0;
      case Operator.Pool2d pool ->
          times(graph.output(node, 0).shape().elements(), pool.window().area());
      case Operator.GlobalPool2d pool -> graph.input(node, 0).shape().elements();
      case Operator.Reduce reduce -> graph.input(node, 0).shape().elements();
      case Operator.ArgMax argMax -> graph.input(node, 0).shape().elements();
      default ->
          node.outputs().stream().mapToLong(index -> graph.tensor(index).shape().elements()).sum();
    };
  }

  private static long times(long first, long... others) {
    long product = first;
    for (long other : others) {
      product = Math.multiplyExact(product, other);
    }
    return product;
  }

  /** Bytes of all that one node reads and writes, each operand and result counted. */
  public static long bytes(Graph graph, Node node) {
    return operandBytes(graph, node) + resultBytes(graph, node);
  }

  /** Bytes of all that one node reads. */
  public static long operandBytes(Graph graph, Node node) {
    return node.inputs().stream()
        .filter(index -> index != Node.ABSENT)
        .mapToLong(index -> graph.tensor(index).bytes())
        .sum();
  }

  /** Bytes of all that one node writes. */
  public static long resultBytes(Graph graph, Node node) {
    return node.outputs().stream().mapToLong(index -> graph.tensor(index).bytes()).sum();
  }

  /** Multiply-accumulates of one inference of the whole graph. */
  public static long macs(Graph graph) {
    return macs(graph, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public static long macs(Graph graph, Interruption interruption) {
    long macs = 0;
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.checkAt(i);
      macs += macs(graph, graph.nodes().get(i));
    }
    return macs;
  }

  /** Stored elements that {@code node} reads. */
  public static long parameters(Graph graph, Node node) {
    return node.inputs().stream()
        .filter(index -> index != Node.ABSENT)
        .distinct()
        .map(graph::tensor)
        .filter(Tensor::isParameter)
        .mapToLong(tensor -> tensor.shape().elements())
        .sum();
  }

  /**
   * Stored elements by node, in the order of the graph's nodes: each tensor with the first node
   * that reads it, so that they add up to {@link #parameters(Graph)}.
   */
  public static List<Long> parametersByNode(Graph graph) {
    return parametersByNode(graph, Interruption.NEVER);
  }

  private static List<Long> parametersByNode(Graph graph, Interruption interruption) {
    boolean[] counted = new boolean[graph.tensors().size()];
    List<Long> result = new ArrayList<>(graph.nodes().size());
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.checkAt(i);
      long elements = 0;
      for (int index : graph.nodes().get(i).inputs()) {
        if (index != Node.ABSENT && graph.tensor(index).isParameter() && !counted[index]) {
          counted[index] = true;
          elements += graph.tensor(index).shape().elements();
        }
      }
      result.add(elements);
    }
    return List.copyOf(result);
  }

  /** Stored elements that any node reads, each tensor once. */
  public static long parameters(Graph graph) {
    return parameters(graph, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public static long parameters(Graph graph, Interruption interruption) {
    return parametersByNode(graph, interruption).stream().mapToLong(Long::longValue).sum();
  }
}
