package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.job.VectorWork;
import java.util.Optional;

/**
 * All that a layer's tiling depends on, the hardware aside. Numbers only: it keeps no graph and no
 * name alive, however long it is remembered.
 *
 * @param loops what is multiplied and accumulated, if anything
 * @param vector what is done where nothing is
 * @param geometry how the output lies over the first operand
 * @param elementBytes bytes of an activation
 * @param weightBytes bytes of a weight; 0 without
 * @param secondBytes bytes of the second factor where it is an activation; 0 where it is weights
 * @param macCycles cycles of a multiply-accumulate in these numbers; 0 without
 * @param adds whether another operand is added on the way out
 */
public record TilingProblem(
    Optional<LoopNest> loops,
    VectorWork vector,
    Geometry geometry,
    int elementBytes,
    int weightBytes,
    long secondBytes,
    int macCycles,
    boolean adds) {

  /** Of a layer on the accelerator; none where there is nothing to do. */
  static Optional<TilingProblem> of(Graph graph, Layer layer, Accelerator accelerator) {
    Node node = graph.nodes().get(layer.main());
    Optional<LoopNest> loops = LoopNest.of(graph, node);
    VectorWork vector = loops.isPresent() ? VectorWork.NONE : VectorOperators.work(graph, node);
    if (loops.isEmpty() && vector.writeBytes() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new TilingProblem(
            loops,
            vector,
            Geometry.of(graph, node),
            bytes(graph.output(node, 0).type()),
            loops.isPresent() ? bytes(second(graph, node).type()) : 0,
            loops.isPresent() ? secondBytes(second(graph, node)) : 0,
            loops.isPresent() ? accelerator.macCycles(graph.input(node, 0).type()) : 0,
            layer.addend(graph).isPresent()));
  }

  /**
   * Which operand the second factor is; an LSTM may do without its second, whose like the third is.
   */
  static int weights(Node node) {
    return node.hasInput(1) ? 1 : 2;
  }

  private static Tensor second(Graph graph, Node node) {
    return graph.input(node, weights(node));
  }

  private static long secondBytes(Tensor weights) {
    return weights.isParameter() ? 0 : weights.shape().elements() * bytes(weights.type());
  }

  private static int bytes(DataType type) {
    return Math.max(1, Math.ceilDiv(type.bits(), Byte.SIZE));
  }
}
