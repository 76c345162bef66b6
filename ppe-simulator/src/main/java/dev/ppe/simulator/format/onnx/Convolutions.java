package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
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

  private Convolutions() {}

  /** Operands in the file: input, weights, bias?. */
  static void conv(NodeView op, Set<String> absorbed) {
    switch (op.shape(0).rank()) {
      case 3 -> RowConvolutions.conv(op, absorbed);
      case 4 -> {
        Tail tail = tail(op, absorbed, op.value(1), op.stored(2));
        tail.result(conv(op, op.map(0), op.value(1), tail));
      }
      default -> CustomOperators.of(op, WindowShapes.conv(op));
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
}
