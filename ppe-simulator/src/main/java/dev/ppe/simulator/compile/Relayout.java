package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;

/**
 * Views that lie over the PEs otherwise than what they view, so that each PE has something else to
 * send: a detector's boxes, rows of vectors or a map that become a vector. Rows that become a map,
 * or rows of another length, are taken to lie as they did.
 */
final class Relayout {
  private Relayout() {}

  /** Whether a layer only says how else a tensor is to be seen. */
  static boolean isView(Graph graph, Layer layer) {
    return !layer.inputs().isEmpty()
        && switch (graph.nodes().get(layer.main()).operator()) {
          case Operator.Reshape reshape -> true;
          case Operator.Squeeze squeeze -> true;
          case Operator.ExpandDims expand -> true;
          default -> false;
        };
  }

  /** Whether a layer is a view that lies otherwise. */
  static boolean liesOtherwise(Graph graph, Layer layer) {
    if (!isView(graph, layer)) {
      return false;
    }
    Shape from = graph.tensor(layer.inputs().getFirst()).shape();
    Shape to = graph.tensor(layer.outputs().getFirst()).shape();
    if (from.elements() == from.innermost()) {
      return false; // a vector is in every PE, whatever it becomes
    }
    return isOfMap(graph, layer)
        ? to.rank() != 4 || to.dim(1) != from.dim(1) || to.dim(2) != from.dim(2)
        : isVector(to);
  }

  /** Whether a map is viewed, which lies over rows and columns of PEs. */
  static boolean isOfMap(Graph graph, Layer layer) {
    return graph.tensor(layer.inputs().getFirst()).shape().rank() == 4;
  }

  /** Whether there is a single position, whose channels are in every PE that reads them. */
  static boolean isVector(Shape shape) {
    return shape.elements() == shape.innermost();
  }
}
