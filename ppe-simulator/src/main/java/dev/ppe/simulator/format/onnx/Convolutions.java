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
 * Convolutions. Weights are [Co, Ci / groups, Kh, Kw] in the file and [Co, Kh, Kw, Ci / groups] in
 * the graph, or [1, Kh, Kw, Co] where every channel is a group of its own.
 */
final class Convolutions {
  private static final AxisOrder DEPTHWISE = AxisOrder.of(List.of(1, 2, 3, 0));
  private static final AxisOrder TRANSPOSED = AxisOrder.of(List.of(1, 2, 3, 0));

  private Convolutions() {}

  /** Operands in the file: input, weights, bias?. */
  static void conv(NodeView op, Set<String> absorbed) {
    switch (op.shape(0).rank()) {
      case 3 -> RowConvolutions.conv(op, absorbed);
      case 4 -> {
        Tail tail = tail(op, absorbed, op.value(1), op.stored(2));
        tail.result(conv(op, op.map(0), op.value(1), tail));
      }
      default -> CustomOperators.declared(op);
    }
  }

  /** What follows a convolution whose output channels are the weights' outermost axis. */
  static Tail tail(NodeView op, Set<String> absorbed, Value weights, Optional<Stored> bias) {
    int channels = weights.shape().rank() == 0 ? 1 : weights.shape().dim(0);
    Tail tail = new Tail(op, absorbed);
    return weights instanceof Stored
        ? tail.ofWeights(bias, channels, op.shape(0).rank(), 1)
        : tail.ofActivation();
  }

  /** A convolution over {@code map}, which is channels last. */
  static Activation conv(NodeView op, Activation map, Value weights, Tail tail) {
    requireRank(weights);
    Shape kernel = weights.shape();
    int groups = op.whole("group", 1);
    Shape input = map.order().toGraph(map.shape());
    Window window = Windows.of(op, kernel.dim(2), kernel.dim(3), input);
    int channels = input.dim(3);
    boolean depthwise =
        groups == channels
            && kernel.dim(1) == 1
            && kernel.dim(0) % channels == 0
            && (op.node().isOwn() ? op.node().kind().equals("depthwise-conv") : groups > 1);
    int bias = bias(op, tail, weights, kernel.dim(0));
    if (depthwise) {
      Operator operator =
          new Operator.DepthwiseConv2d(window, kernel.dim(0) / channels, tail.activation());
      return op.apply(operator, map, op.operand(weights, DEPTHWISE), bias);
    }
    Operator operator = new Operator.Conv2d(window, groups, tail.activation());
    return op.apply(operator, map, op.operand(weights, AxisOrder.CHANNELS_LAST), bias);
  }

  private static int bias(NodeView op, Tail tail, Value weights, int channels) {
    boolean perChannel = weights.quantization() instanceof Quantization.PerChannel;
    if (tail.bias().isPresent()) {
      return op.bias(tail.bias().get(), channels, perChannel);
    }
    return op.has(2) && op.node().type().equals("Conv")
        ? op.operand(op.value(2), AxisOrder.identity(1))
        : Node.ABSENT;
  }

  private static void requireRank(Value weights) {
    if (weights.shape().rank() != 4) {
      throw new IllegalArgumentException("weights " + weights.shape() + " must have rank 4");
    }
  }

  /** Weights in the file: [Ci, Co / groups, Kh, Kw]. */
  static void transpose(NodeView op, Set<String> absorbed) {
    Value weights = op.value(1);
    if (op.shape(0).rank() != 4
        || op.whole("group", 1) != 1
        || !Windows.pair(op, "dilations").equals(List.of(1, 1))) {
      CustomOperators.declared(op);
      return;
    }
    requireRank(weights);
    Activation map = op.map(0);
    Shape input = map.order().toGraph(map.shape());
    int channels = weights.shape().dim(1);
    Tail tail = new Tail(op, absorbed);
    if (weights instanceof Stored) {
      tail.ofWeights(op.stored(2), channels, 4, 1);
    } else {
      tail.ofActivation();
    }
    List<Integer> strides = Windows.pair(op, "strides");
    int height = weights.shape().dim(2);
    int width = weights.shape().dim(3);
    Extent rows = Extent.of(op, 0, input.dim(1), height, strides.get(0));
    Extent columns = Extent.of(op, 1, input.dim(2), width, strides.get(1));
    Window unpadded =
        new Window(height, width, strides.get(0), strides.get(1), 1, 1, Padding.VALID);
    Padding padding =
        Padding.explicit(rows.before(), rows.after(), columns.before(), columns.after());
    boolean same = padding.equals(Windows.same(unpadded, rows.output(), columns.output()));
    Operator operator =
        new Operator.TransposeConv2d(
            Windows.with(unpadded, same ? Padding.SAME : padding),
            rows.output(),
            columns.output(),
            tail.activation());
    int bias =
        tail.bias()
            .map(
                b ->
                    op.bias(b, channels, weights.quantization() instanceof Quantization.PerChannel))
            .orElse(Node.ABSENT);
    tail.result(op.apply(operator, map, op.operand(weights, TRANSPOSED), bias));
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
