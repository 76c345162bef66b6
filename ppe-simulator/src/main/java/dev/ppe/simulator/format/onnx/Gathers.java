package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.graph.Operator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators that pick elements by index. */
final class Gathers {
  private Gathers() {}

  static void gather(NodeView op) {
    Value table = op.value(0);
    Value indices = op.value(1);
    int axis = table.shape().axis(op.whole("axis", 0));
    if (table instanceof Activation activation
        && indices instanceof Stored picked
        && picked.shape().rank() == 0
        && picked.constant().isPresent()
        && !op.node().isOwn()) {
      pickOne(op, op.activation(activation), axis, (int) picked.constant().get().single());
      return;
    }
    Activation from = op.activation(table);
    int rank = indices.shape().rank();
    int graphAxis = from.order().graph(axis);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < from.shape().rank(); i++) {
      int fileAxis = from.order().file(i);
      if (fileAxis == axis) {
        IntStream.range(0, rank).forEach(inner -> order.add(axis + inner));
      } else {
        order.add(fileAxis < axis ? fileAxis : fileAxis - 1 + rank);
      }
    }
    int picks = op.operand(indices, AxisOrder.identity(rank));
    op.result(op.apply(new Operator.Gather(graphAxis, 0), AxisOrder.of(order), from, picks));
  }

  /** One element along an axis, which is dropped. */
  private static void pickOne(NodeView op, Activation from, int axis, int index) {
    int rank = from.shape().rank();
    int at = from.order().graph(axis);
    List<Integer> zeros = Collections.nCopies(rank, 0);
    List<Integer> begin = new ArrayList<>(zeros);
    begin.set(at, index);
    int others = ((1 << rank) - 1) & ~(1 << at);
    Operator slice =
        new Operator.StridedSlice(
            begin, zeros, Collections.nCopies(rank, 1), others, others, 0, 0, 1 << at);
    op.result(op.apply(slice, from.order().without(List.of(axis)), from));
  }

  /** For the host, unless it is a gather whose indices the writer widened and gave an axis. */
  static void gatherND(NodeView op) {
    int batch = op.whole("batch_dims", 0);
    Optional<String> indices =
        helper(op, op.node().input(1), "Unsqueeze").flatMap(wide -> helper(op, wide, "Cast"));
    if (!op.node().isOwn() || indices.isEmpty()) {
      CustomShapes.gatherND(op, batch);
      return;
    }
    Value table = op.value(0);
    Value positions = op.value(indices.get());
    Activation from = op.activation(table, AxisOrder.identity(table.shape().rank()));
    int picks = op.operand(positions, AxisOrder.identity(positions.shape().rank()));
    int rank = table.shape().rank() - 1 + positions.shape().rank() - batch;
    op.result(op.apply(new Operator.Gather(batch, batch), AxisOrder.identity(rank), from, picks));
  }

  /** What a node that only helps reads, if one of that type writes {@code name}. */
  private static Optional<String> helper(NodeView op, String name, String type) {
    return op.wiring()
        .writer(name)
        .filter(node -> node.type().equals(type) && !node.isOwn())
        .map(node -> node.input(0));
  }
}
