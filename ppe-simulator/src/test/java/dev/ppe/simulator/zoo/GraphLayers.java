package dev.ppe.simulator.zoo;

import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.graph.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The layers of a graph as the tables count them: functions belong to the layer before them, even
 * those that take several operators, and other views of the same elements are no layers.
 */
final class GraphLayers {
  private static final Window POINT = Kernel.POINT.window();

  private final Graph graph;
  private final List<Layer> layers = new ArrayList<>();

  /** The number of the layer that a tensor comes from. */
  private final Map<Integer, String> producers = new HashMap<>();

  private GraphLayers(Graph graph) {
    this.graph = graph;
    graph.inputs().forEach(input -> producers.put(input, "in"));
  }

  static List<Layer> of(Graph graph) {
    GraphLayers reader = new GraphLayers(graph);
    graph.nodes().forEach(reader::read);
    return List.copyOf(reader.layers);
  }

  private void read(Node node) {
    switch (node.operator()) {
      case Operator.Softmax softmax -> completes(node, "softmax");
      case Operator.Unary unary when unary.function() == UnaryFunction.LOGISTIC ->
          completes(node, "sigmoid");
      case Operator.Unary unary when unary.function() == UnaryFunction.HARD_SWISH ->
          completes(node, "hswish");
      case Operator.Binary binary when isSwish(node) -> completes(node, "swish");
      case Operator.Binary binary when isHardSigmoid(node) -> completes(node, "hsigmoid");
      case Operator.Squeeze squeeze -> passesOn(node);
      case Operator.Reshape reshape -> passesOn(node);
      case Operator.Slice slice -> passesOn(node);
      case Operator.Binary binary when continuesSum(node) ->
          extendSum(node, binary.activation().name().toLowerCase(Locale.ROOT));
      default -> {
        layers.add(layer(node));
        producers.put(node.outputs().getFirst(), Integer.toString(layers.size()));
      }
    }
  }

  private void completes(Node node, String activation) {
    int layer = Integer.parseInt(passesOn(node)) - 1;
    layers.set(layer, layers.get(layer).withActivation(activation));
  }

  /** A sum of several values is one layer: additions in a block that start from one another. */
  private boolean continuesSum(Node node) {
    return isSum(node)
        && graph.nodes().stream()
            .filter(other -> other.outputs().contains(node.inputs().getFirst()))
            .anyMatch(other -> isSum(other) && scope(other).equals(scope(node)));
  }

  private void extendSum(Node node, String activation) {
    int sum = Integer.parseInt(passesOn(node)) - 1;
    String term = producers.get(node.inputs().getLast());
    layers.set(sum, layers.get(sum).withTerm(term).withActivation(activation));
  }

  private static boolean isSum(Node node) {
    return node.operator() instanceof Operator.Binary binary
        && binary.function() == BinaryFunction.ADD;
  }

  private static String scope(Node node) {
    return node.name().replaceFirst("/[^/]*$", "");
  }

  private String passesOn(Node node) {
    String producer = producers.get(node.inputs().getFirst());
    producers.put(node.outputs().getFirst(), producer);
    return producer;
  }

  /** A product of a layer's result and a function of it. */
  private boolean isSwish(Node node) {
    return isMultiplication(node)
        && producers.get(node.inputs().getFirst()).equals(producers.get(node.inputs().getLast()));
  }

  /** A product of a layer's result and a constant. */
  private boolean isHardSigmoid(Node node) {
    return isMultiplication(node)
        && graph.input(node, 1).isParameter()
        && graph.input(node, 1).shape().elements() == 1;
  }

  private static boolean isMultiplication(Node node) {
    return node.operator() instanceof Operator.Binary binary
        && binary.function() == BinaryFunction.MUL;
  }

  private Layer layer(Node node) {
    return switch (node.operator()) {
      // A convolution of a single position is what the tables call fully connected.
      case Operator.Conv2d conv when height(graph.input(node, 0).shape()) == 1 ->
          weighted(node, "fc", conv.window(), 1, conv.activation());
      case Operator.Conv2d conv ->
          weighted(
              node,
              conv.groups() == 1 ? "conv" : "gconv",
              conv.window(),
              conv.groups(),
              conv.activation());
      case Operator.DepthwiseConv2d conv ->
          weighted(
              node,
              "dwconv",
              conv.window(),
              graph.input(node, 0).shape().dim(3),
              conv.activation());
      case Operator.FullyConnected fc -> weighted(node, "fc", POINT, 1, fc.activation());
      case Operator.Pool2d pool when pool.function() == PoolFunction.MAX ->
          pool(node, "maxpool", pool.window());
      case Operator.Pool2d pool -> pool(node, "avgpool", pool.window());
      case Operator.Resize resize ->
          weightless(
              node, "resize_" + resize.method().name().toLowerCase(Locale.ROOT), Activation.NONE);
      case Operator.Concat concat ->
          weightless(node, "concat", concat.activation()).withJoinedInputs();
      case Operator.ArgMax argMax -> weightless(node, "argmax", Activation.NONE).withIndices();
      case Operator.GlobalPool2d pool -> weightless(node, "gap", Activation.NONE);
      case Operator.Binary binary ->
          weightless(node, isMultiplication(node) ? "mul" : "add", binary.activation());
      case Operator.Transpose transpose -> channelShuffle(node);
      default -> throw new IllegalArgumentException("no table has a " + node);
    };
  }

  private Layer weighted(Node node, String kind, Window window, int groups, Activation activation) {
    Shape input = graph.input(node, 0).shape();
    Shape output = graph.output(node, 0).shape();
    return new Layer(
        block(node),
        kind,
        window.kernelHeight(),
        window.strideHeight(),
        window.dilationHeight(),
        groups,
        input.innermost(),
        output.innermost(),
        height(input),
        height(output),
        activation.name().toLowerCase(Locale.ROOT),
        graph.input(node, 1).shape().elements(),
        // Dense layers are not normalised, and nothing folds into a layer without a bias.
        node.hasInput(2) ? (kind.equals("fc") ? 1L : 2L) * output.innermost() : 0L,
        Workload.macs(graph, node),
        inputs(node));
  }

  private Layer pool(Node node, String kind, Window window) {
    Shape input = graph.input(node, 0).shape();
    Shape output = graph.output(node, 0).shape();
    return new Layer(
        block(node),
        kind,
        window.kernelHeight(),
        window.strideHeight(),
        window.dilationHeight(),
        Layer.NOT_APPLICABLE,
        input.innermost(),
        output.innermost(),
        height(input),
        height(output),
        "none",
        0,
        0,
        0,
        inputs(node));
  }

  private Layer weightless(Node node, String kind, Activation activation) {
    Shape input = graph.input(node, 0).shape();
    Shape output = graph.output(node, 0).shape();
    return new Layer(
        block(node),
        kind,
        Layer.NOT_APPLICABLE,
        Layer.NOT_APPLICABLE,
        Layer.NOT_APPLICABLE,
        Layer.NOT_APPLICABLE,
        input.innermost(),
        output.innermost(),
        height(input),
        height(output),
        activation.name().toLowerCase(Locale.ROOT),
        0,
        0,
        0,
        inputs(node));
  }

  /** The transposition of [N, H, W, groups, channels of a group] amid two reshapes. */
  private Layer channelShuffle(Node node) {
    Shape grouped = graph.input(node, 0).shape();
    int channels = grouped.dim(3) * grouped.dim(4);
    return new Layer(
        block(node),
        "channel_shuffle",
        Layer.NOT_APPLICABLE,
        Layer.NOT_APPLICABLE,
        Layer.NOT_APPLICABLE,
        grouped.dim(3),
        channels,
        channels,
        grouped.dim(1),
        grouped.dim(1),
        "none",
        0,
        0,
        0,
        inputs(node));
  }

  private static String block(Node node) {
    return node.name().replaceFirst("/.*", "");
  }

  private String inputs(Node node) {
    return node.inputs().stream()
        .filter(producers::containsKey)
        .map(producers::get)
        .collect(Collectors.joining(isMultiplication(node) ? "*" : "+"));
  }

  private static int height(Shape shape) {
    return shape.rank() == 4 ? shape.dim(1) : 1;
  }
}
