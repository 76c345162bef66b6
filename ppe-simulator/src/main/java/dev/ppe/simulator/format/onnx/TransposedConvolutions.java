package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Transposed convolutions. Weights are [Ci, Co / groups, Kh, Kw] in the file and [Co, Kh, Kw, Ci]
 * in the graph, which has neither groups nor dilation: the host runs those that do.
 */
final class TransposedConvolutions {
  private static final AxisOrder WEIGHTS = AxisOrder.of(List.of(1, 2, 3, 0));

  private TransposedConvolutions() {}

  static void conv(NodeView op, Set<String> absorbed) {
    boolean plain =
        op.whole("group", 1) == 1
            && op.wholes("dilations").orElse(List.of()).stream()
                .allMatch(dilation -> dilation == 1);
    int rank = op.shape(0).rank();
    if (plain && rank == 4) {
      Tail tail = tail(op, absorbed);
      tail.result(conv(op, op.map(0), op.value(1), tail));
    } else if (plain && rank == 3) {
      RowConvolutions.transposed(op, absorbed);
    } else {
      CustomOperators.of(op, WindowShapes.transposed(op));
    }
  }

  /** What follows a transposed convolution whose output channels are the weights' second axis. */
  static Tail tail(NodeView op, Set<String> absorbed) {
    Value weights = op.value(1);
    Tail tail = new Tail(op, absorbed);
    return weights instanceof Stored && weights.shape().rank() > 1
        ? tail.ofWeights(op.stored(2), weights.shape().dim(1), op.shape(0).rank(), 1)
        : tail.ofActivation();
  }

  /** A transposed convolution over {@code map}, which is channels last. */
  static Activation conv(NodeView op, Activation map, Value weights, Tail tail) {
    if (weights.shape().rank() != 4) {
      throw new IllegalArgumentException("weights " + weights.shape() + " must have rank 4");
    }
    Shape input = map.order().toGraph(map.shape());
    List<Integer> strides = Windows.pair(op, "strides");
    int height = weights.shape().dim(2);
    int width = weights.shape().dim(3);
    Extent rows = Extent.of(op, 0, input.dim(1), height, strides.get(0));
    Extent columns = Extent.of(op, 1, input.dim(2), width, strides.get(1));
    Window unpadded =
        new Window(height, width, strides.get(0), strides.get(1), 1, 1, Padding.VALID);
    Padding padding =
        Padding.explicit(rows.before(), rows.after(), columns.before(), columns.after());
    boolean same = padding.equals(unpadded.samePadding(rows.output(), columns.output()));
    Operator operator =
        new Operator.TransposeConv2d(
            unpadded.withPadding(same ? Padding.SAME : padding),
            rows.output(),
            columns.output(),
            tail.activation());
    boolean perChannel = weights.quantization() instanceof Quantization.PerChannel;
    int channels = weights.shape().dim(1);
    int bias = tail.bias().map(b -> op.bias(b, channels, perChannel)).orElse(Node.ABSENT);
    return op.apply(operator, map, op.operand(weights, WEIGHTS), bias);
  }

  /** One side of a transposed convolution's output, and what is cut off it before and after. */
  private record Extent(int output, int before, int after) {

    static Extent of(NodeView op, int side, int input, int kernel, int stride) {
      long extra =
          op.wholes("output_padding").filter(l -> l.size() == 2).map(l -> l.get(side)).orElse(0);
      long full = (input - 1L) * stride + kernel + extra;
      Optional<List<Integer>> asked = op.wholes("output_shape").filter(l -> l.size() >= 2);
      String autoPad = op.text("auto_pad", "NOTSET");
      boolean same = autoPad.startsWith("SAME");
      if (asked.isPresent() || same) {
        long output =
            asked.map(l -> (long) l.get(l.size() - 2 + side)).orElse((long) input * stride);
        long total = Math.max(full - output, 0);
        return checked(output, total / 2, total - total / 2);
      }
      List<Integer> pads = autoPad.equals("VALID") ? List.of(0, 0, 0, 0) : Windows.pads(op);
      return checked(
          full - pads.get(side) - pads.get(side + 2), pads.get(side), pads.get(side + 2));
    }

    private static Extent checked(long output, long before, long after) {
      if (output < 1 || output > Integer.MAX_VALUE || after > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("its output would have " + output + " rows or columns");
      }
      return new Extent((int) output, (int) before, (int) after);
    }
  }
}
