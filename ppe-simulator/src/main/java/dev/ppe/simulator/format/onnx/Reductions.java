package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Assembly.Numbers;
import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.file.Attribute;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Reductions along axes; their axes come as an attribute in older operator sets. */
final class Reductions {
  /** ONNX's number of the type. */
  private static final int INT32 = 6;

  private Reductions() {}

  static void reduce(NodeView op, ReduceFunction function) {
    Activation input = op.activation(0);
    List<Integer> axes = axes(op, input.shape());
    if (axes.isEmpty()) {
      op.result(input);
      return;
    }
    op.result(reduce(op, input, function, axes, op.flag("keepdims", true)));
  }

  /** The file's axes that {@code op} reduces, none for none at all. */
  static List<Integer> axes(NodeView op, Shape shape) {
    List<Integer> axes = op.integers(1, "axes").orElse(List.of());
    if (axes.isEmpty() && !op.flag("noop_with_empty_axes", false)) {
      return IntStream.range(0, shape.rank()).boxed().toList();
    }
    return axes.stream().map(shape::axis).distinct().sorted().toList();
  }

  static Activation reduce(
      NodeView op, Activation input, ReduceFunction function, List<Integer> axes, boolean keep) {
    AxisOrder order = keep ? input.order() : input.order().without(axes);
    List<Integer> graphAxes = axes.stream().map(input.order()::graph).sorted().toList();
    return op.apply(new Operator.Reduce(function, graphAxes, keep), order, input);
  }

  /** Indices are 64-bit, and fewer if a conversion is all that reads them. */
  static void argMax(NodeView op, Set<String> absorbed) {
    Optional<StoredNode> cast =
        op.wiring()
            .soleReader(op.node().output(0))
            .filter(next -> next.type().equals("Cast") && !next.isOwn())
            .filter(
                next ->
                    next.attributes().get("to") instanceof Attribute.Whole to
                        && to.value() == INT32);
    DataType type = cast.isPresent() ? DataType.INT32 : DataType.INT64;
    Activation input = op.activation(0);
    int axis = input.shape().axis(op.whole("axis", 0));
    boolean keep = op.flag("keepdims", true);
    AxisOrder order = keep ? input.order() : input.order().without(List.of(axis));
    Operator operator = new Operator.ArgMax(input.order().graph(axis), keep, type);
    Activation result =
        op.graph().apply(op.name(), operator, List.of(input.tensor()), order, Numbers.plain(type));
    op.result(result);
    cast.ifPresent(
        node -> {
          absorbed.add(node.output(0));
          op.values().put(node.output(0), result);
        });
  }
}
