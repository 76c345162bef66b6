package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What windows make of maps of any rank, [N, C, D1, D2, ...]: for operators that are kept for the
 * host, such as those over volumes. {@link Windows} has those over maps of rank 4.
 */
final class WindowShapes {
  private final NodeView op;
  private final List<Integer> input;
  private final List<Integer> kernel;

  private WindowShapes(NodeView op, List<Integer> kernel) {
    Shape shape = op.shape(0);
    if (shape.rank() < 3 || kernel.size() != shape.rank() - 2) {
      throw new IllegalArgumentException("kernel %s does not fit map %s".formatted(kernel, shape));
    }
    this.op = op;
    this.input = shape.toList().subList(2, shape.rank());
    this.kernel = kernel;
  }

  /** The result of a pooling: the channels stay. */
  static Shape pool(NodeView op) {
    List<Integer> kernel =
        op.wholes("kernel_shape")
            .orElseThrow(
                () -> new IllegalArgumentException("its attribute kernel_shape is missing"));
    return new WindowShapes(op, kernel).slide(op.shape(0).dim(1));
  }

  /** The result of a pooling over the whole map. */
  static Shape global(NodeView op) {
    Shape shape = op.shape(0);
    for (int i = 2; i < shape.rank(); i++) {
      shape = shape.with(i, 1);
    }
    return shape;
  }

  /** The result of a convolution with weights [Co, Ci / groups, K1, K2, ...]. */
  static Shape conv(NodeView op) {
    Shape weights = weights(op);
    return new WindowShapes(op, weights.toList().subList(2, weights.rank())).slide(weights.dim(0));
  }

  /** The result of a transposed convolution with weights [Ci, Co / groups, K1, K2, ...]. */
  static Shape transposed(NodeView op) {
    Shape weights = weights(op);
    WindowShapes windows = new WindowShapes(op, weights.toList().subList(2, weights.rank()));
    int channels = Math.multiplyExact(weights.dim(1), op.whole("group", 1));
    return windows.spread(channels);
  }

  private static Shape weights(NodeView op) {
    Shape weights = op.shape(1);
    if (weights.rank() != op.shape(0).rank()) {
      throw new IllegalArgumentException(
          "weights %s do not fit map %s".formatted(weights, op.shape(0)));
    }
    return weights;
  }

  private Shape slide(int channels) {
    boolean up = op.flag("ceil_mode", false);
    List<Integer> result = outer(channels);
    for (int i = 0; i < input.size(); i++) {
      long padded = (long) input.get(i) + pad(i) + pad(i + input.size());
      long room = padded - span(i);
      if (room < 0) {
        throw new IllegalArgumentException(
            "kernel spans %d elements but the padded input has only %d".formatted(span(i), padded));
      }
      long stride = number("strides", i, 1);
      long size = (up ? Math.ceilDiv(room, stride) : room / stride) + 1;
      boolean behind = up && (size - 1) * stride >= (long) input.get(i) + pad(i);
      result.add(
          switch (op.text("auto_pad", "NOTSET")) {
            case "SAME_UPPER", "SAME_LOWER" -> (int) Math.ceilDiv(input.get(i), stride);
            default -> Math.toIntExact(behind ? size - 1 : size);
          });
    }
    return Shape.of(result);
  }

  private Shape spread(int channels) {
    List<Integer> asked = op.wholes("output_shape").orElse(List.of());
    boolean same = op.text("auto_pad", "NOTSET").startsWith("SAME");
    List<Integer> result = outer(channels);
    for (int i = 0; i < input.size(); i++) {
      long stride = number("strides", i, 1);
      long full = (input.get(i) - 1) * stride + span(i) + number("output_padding", i, 0);
      result.add(
          Math.toIntExact(
              asked.size() >= input.size()
                  ? asked.get(asked.size() - input.size() + i)
                  : same ? input.get(i) * stride : full - pad(i) - pad(i + input.size())));
    }
    return Shape.of(result);
  }

  private List<Integer> outer(int channels) {
    return new ArrayList<>(List.of(op.shape(0).dim(0), channels));
  }

  private long span(int i) {
    return (kernel.get(i) - 1L) * number("dilations", i, 1) + 1;
  }

  private long pad(int i) {
    List<Integer> pads =
        op.wholes("pads")
            .filter(list -> op.text("auto_pad", "NOTSET").equals("NOTSET"))
            .filter(list -> list.size() == 2 * input.size())
            .orElseGet(() -> Collections.nCopies(2 * input.size(), 0));
    return pads.get(i);
  }

  private long number(String key, int i, int otherwise) {
    int number =
        op.wholes(key)
            .filter(list -> list.size() == input.size())
            .map(list -> list.get(i))
            .orElse(otherwise);
    if (number < 0 || (number == 0 && otherwise == 1)) {
      throw new IllegalArgumentException("its " + key + " has the entry " + number);
    }
    return number;
  }
}
