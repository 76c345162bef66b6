package dev.ppe.simulator.graph;

import dev.ppe.simulator.Interruption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Whether weights have a scale for each output channel, which an accelerator may keep beside them.
 * It is said in one way: a single channel's scale is the tensor's; where nothing is said, it is as
 * TensorFlow Lite's 8-bit specification has it, with scales for signed weights of all but recurrent
 * layers.
 */
final class CanonicalWeights {
  /** For weights of which no scale is known. */
  private static final Quantization SOME_SCALE = new Quantization.PerTensor(1f / 128, 0);

  private static final int FIRST_OF_LSTM = 1;
  private static final int LAST_OF_LSTM = 8;

  private CanonicalWeights() {}

  /** A verified graph with those scales. */
  static Graph of(Graph graph, Interruption interruption) {
    List<Tensor> tensors = new ArrayList<>(graph.tensors());
    boolean changed = false;
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.checkAt(i);
      Node node = graph.nodes().get(i);
      for (int index : positions(node)) {
        int weights = node.inputs().get(index);
        Tensor own = tensors.get(weights);
        Tensor canonical = own.withType(own.type(), scales(own, channelAxis(node.operator())));
        changed |= !canonical.equals(own);
        tensors.set(weights, canonical);
      }
    }
    return changed
        ? new Graph(graph.name(), tensors, graph.nodes(), graph.inputs(), graph.outputs())
        : graph;
  }

  /** The weights of such a graph that have a scale for each channel. */
  static Set<Integer> scaled(Graph canonical, Interruption interruption) {
    Set<Integer> scaled = new HashSet<>();
    for (int i = 0; i < canonical.nodes().size(); i++) {
      interruption.checkAt(i);
      Node node = canonical.nodes().get(i);
      for (int index : positions(node)) {
        if (canonical.input(node, index).quantization() instanceof Quantization.PerChannel) {
          scaled.add(node.inputs().get(index));
        }
      }
    }
    return scaled;
  }

  private static List<Integer> positions(Node node) {
    boolean lstm = node.operator() instanceof Operator.UnidirectionalLstm;
    if (!lstm && channelAxis(node.operator()).isEmpty()) {
      return List.of();
    }
    List<Integer> positions = new ArrayList<>();
    for (int i = FIRST_OF_LSTM; i <= (lstm ? LAST_OF_LSTM : FIRST_OF_LSTM); i++) {
      if (node.hasInput(i)) {
        positions.add(i);
      }
    }
    return positions;
  }

  private static OptionalInt channelAxis(Operator operator) {
    return switch (operator) {
      case Operator.Conv2d conv -> OptionalInt.of(0);
      case Operator.DepthwiseConv2d conv -> OptionalInt.of(3);
      case Operator.TransposeConv2d conv -> OptionalInt.of(0);
      case Operator.FullyConnected fc -> OptionalInt.of(0);
      default -> OptionalInt.empty();
    };
  }

  private static Quantization scales(Tensor weights, OptionalInt channelAxis) {
    return switch (weights.quantization()) {
      case Quantization.PerTensor whole -> whole;
      case Quantization.PerChannel channels ->
          isSingle(weights.shape(), channels.axis()) ? SOME_SCALE : channels;
      case Quantization.None none ->
          switch (weights.type()) {
            case UINT8 -> SOME_SCALE;
            case INT8, INT4 ->
                channelAxis.isPresent() && !isSingle(weights.shape(), channelAxis.getAsInt())
                    ? new Quantization.PerChannel(channelAxis.getAsInt())
                    : SOME_SCALE;
            default -> none;
          };
    };
  }

  private static boolean isSingle(Shape shape, int axis) {
    return axis >= shape.rank() || shape.dim(axis) == 1;
  }
}
