package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.format.onnx.file.Attribute;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Convolutions and poolings over sequences [N, C, L]: those over maps of one row, [N, 1, L, C], as
 * TensorFlow Lite has them.
 */
final class RowConvolutions {
  private static final AxisOrder SEQUENCE = AxisOrder.channelsLast(3);

  private RowConvolutions() {}

  static void conv(NodeView op, Set<String> absorbed) {
    Value weights = op.value(1);
    if (weights.shape().rank() != 3 || !(weights instanceof Stored stored)) {
      throw new IllegalArgumentException(
          "weights " + weights.shape() + " must be stored and have rank 3");
    }
    Tail tail = Convolutions.tail(op, absorbed, weights, op.stored(2));
    Activation map =
        Convolutions.conv(asRows(op), row(op), stored.withShape(insertRow(stored.shape())), tail);
    tail.result(sequence(op, map));
  }

  static void transposed(NodeView op, Set<String> absorbed) {
    if (op.value(1).shape().rank() != 3 || !(op.value(1) instanceof Stored stored)) {
      CustomOperators.of(op, WindowShapes.transposed(op));
      return;
    }
    Tail tail = TransposedConvolutions.tail(op, absorbed);
    Stored weights = stored.withShape(insertRow(stored.shape()));
    tail.result(sequence(op, TransposedConvolutions.conv(asRows(op), row(op), weights, tail)));
  }

  static void pool(NodeView op, Set<String> absorbed, Pooling.Step step) {
    Tail tail = new Tail(op, absorbed).ofActivation();
    tail.result(sequence(op, step.apply(asRows(op), row(op), tail)));
  }

  /** The sequence as a map of one row. */
  private static Activation row(NodeView op) {
    Activation sequence = op.activation(op.value(0), SEQUENCE);
    return op.graph()
        .reshape(
            op.name() + "/expand", sequence, insertRow(sequence.shape()), AxisOrder.CHANNELS_LAST);
  }

  private static Activation sequence(NodeView op, Activation map) {
    Shape shape = map.shape();
    return op.graph()
        .reshape(
            op.name() + "/squeeze",
            map,
            Shape.of(shape.dim(0), shape.dim(1), shape.dim(3)),
            SEQUENCE);
  }

  private static Shape insertRow(Shape shape) {
    return Shape.of(shape.dim(0), shape.dim(1), 1, shape.dim(2));
  }

  /** The node with its attributes for one row. */
  private static NodeView asRows(NodeView op) {
    StoredNode node = op.node();
    Map<String, Attribute> attributes = new HashMap<>(node.attributes());
    insert(op, attributes, "kernel_shape", 1L);
    insert(op, attributes, "strides", 1L);
    insert(op, attributes, "dilations", 1L);
    insert(op, attributes, "output_padding", 0L);
    insert(op, attributes, "output_shape", 1L);
    op.wholes("pads")
        .filter(pads -> pads.size() == 2)
        .ifPresent(
            pads ->
                attributes.put(
                    "pads",
                    new Attribute.Wholes(List.of(0L, (long) pads.get(0), 0L, (long) pads.get(1)))));
    StoredNode rows = node.with(attributes);
    return new NodeView(
        rows, op.opset(), op.values(), op.graph(), op.wiring(), op.declarations(), op.integer());
  }

  private static void insert(
      NodeView op, Map<String, Attribute> attributes, String key, long first) {
    Optional<List<Integer>> found = op.wholes(key);
    if (found.isPresent()) {
      List<Long> both = new ArrayList<>(List.of(first));
      found.get().forEach(number -> both.add((long) number));
      attributes.put(key, new Attribute.Wholes(both));
    }
  }
}
