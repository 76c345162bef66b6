package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Poolings. */
final class Pooling {
  private Pooling() {}

  /** What a pooling makes of a map that is channels last. */
  interface Step {
    Activation apply(NodeView op, Activation map, Tail tail);
  }

  static void pool(NodeView op, PoolFunction function, Set<String> absorbed) {
    Step step = (node, map, tail) -> pool(node, function, map, tail);
    if (op.isRead(1)) { // the places of the largest elements
      Shape shape = WindowShapes.pool(op);
      CustomOperators.results(op, List.of(shape, shape));
      return;
    }
    switch (op.shape(0).rank()) {
      case 3 -> RowConvolutions.pool(op, absorbed, step);
      case 4 -> {
        Tail tail = new Tail(op, absorbed).ofActivation();
        tail.result(step.apply(op, op.map(0), tail));
      }
      default -> CustomOperators.of(op, WindowShapes.pool(op));
    }
  }

  private static Activation pool(NodeView op, PoolFunction function, Activation map, Tail tail) {
    if (op.wholes("kernel_shape").isEmpty()) {
      throw new IllegalArgumentException("its attribute kernel_shape is missing");
    }
    List<Integer> kernel = Windows.pair(op, "kernel_shape");
    Window window = Windows.of(op, kernel.get(0), kernel.get(1), map.order().toGraph(map.shape()));
    return op.apply(new Operator.Pool2d(function, window, tail.activation()), map);
  }

  /** Over all axes but the first two. */
  static void global(NodeView op, PoolFunction function) {
    if (op.shape(0).rank() == 4) {
      op.result(op.apply(new Operator.GlobalPool2d(function), op.map(0)));
      return;
    }
    ReduceFunction reduction =
        switch (function) {
          case AVERAGE -> ReduceFunction.MEAN;
          case MAX -> ReduceFunction.MAX;
        };
    List<Integer> axes = IntStream.range(2, op.shape(0).rank()).boxed().toList();
    op.result(Reductions.reduce(op, op.activation(0), reduction, axes, true));
  }
}
