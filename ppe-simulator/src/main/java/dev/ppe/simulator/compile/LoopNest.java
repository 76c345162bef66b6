package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import java.util.Optional;

/**
 * The multiply-accumulates of a layer as loops: {@code repeats x rows x columns x area x groups x
 * inputs x outputs}, whatever the operator is called.
 *
 * @param repeats how often all of it is done, one after the other (steps of a recurrent layer)
 * @param rows output rows, batch included
 * @param columns output columns
 * @param area kernel elements
 * @param groups independent groups of channels
 * @param inputs input channels of a group: the summed dimension
 * @param outputs output channels of a group
 */
public record LoopNest(
    long repeats, long rows, long columns, long area, long groups, long inputs, long outputs) {

  /** The loops of a node, if it multiplies and accumulates. */
  public static Optional<LoopNest> of(Graph graph, Node node) {
    return switch (node.operator()) {
      case Operator.Conv2d conv -> {
        Shape weights = graph.input(node, 1).shape();
        yield Optional.of(
            convolution(
                graph.output(node, 0).shape(),
                conv.window().area(),
                conv.groups(),
                weights.dim(3),
                weights.dim(0) / conv.groups()));
      }
      case Operator.DepthwiseConv2d conv -> {
        Shape output = graph.output(node, 0).shape();
        yield Optional.of(
            convolution(
                output,
                conv.window().area(),
                output.dim(3) / conv.depthMultiplier(),
                1,
                conv.depthMultiplier()));
      }
      // Every input position is scattered through the whole kernel.
      case Operator.TransposeConv2d conv -> {
        Shape input = graph.input(node, 0).shape();
        yield Optional.of(
            convolution(
                input,
                conv.window().area(),
                1,
                input.dim(3),
                graph.output(node, 0).shape().dim(3)));
      }
      case Operator.FullyConnected fc -> {
        Shape weights = graph.input(node, 1).shape();
        Shape output = graph.output(node, 0).shape();
        long columns = output.rank() < 3 ? 1 : output.dim(output.rank() - 2);
        long rows = output.elements() / (columns * weights.dim(0));
        yield Optional.of(new LoopNest(1, rows, columns, 1, 1, weights.dim(1), weights.dim(0)));
      }
      case Operator.BatchMatMul matmul -> {
        Shape left = graph.input(node, 0).shape();
        Shape output = graph.output(node, 0).shape();
        long rows = output.dim(output.rank() - 2);
        long columns = output.innermost();
        long depth = left.dim(left.rank() - (matmul.transposeLeft() ? 2 : 1));
        yield Optional.of(
            new LoopNest(1, rows, 1, 1, output.elements() / (rows * columns), depth, columns));
      }
      case Operator.UnidirectionalLstm lstm -> Optional.of(lstm(graph, node, lstm));
      default -> Optional.empty();
    };
  }

  private static LoopNest convolution(
      Shape positions, long area, long groups, long inputs, long outputs) {
    return new LoopNest(
        1,
        (long) positions.dim(0) * positions.dim(1),
        positions.dim(2),
        area,
        groups,
        inputs,
        outputs);
  }

  /** All gates side by side over input and state; the steps depend on each other. */
  private static LoopNest lstm(Graph graph, Node node, Operator.UnidirectionalLstm lstm) {
    Shape input = graph.input(node, 0).shape();
    Shape recurrent = graph.input(node, 6).shape();
    long gates = node.hasInput(1) ? 4 : 3;
    return new LoopNest(
        input.dim(lstm.timeMajor() ? 0 : 1),
        input.dim(lstm.timeMajor() ? 1 : 0),
        1,
        1,
        1,
        (long) input.dim(2) + recurrent.dim(1),
        gates * recurrent.dim(0));
  }

  /** Multiply-accumulates in all. */
  public long macs() {
    return repeats * rows * columns * area * groups * inputs * outputs;
  }
}
