package dev.ppe.simulator.zoo;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
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
 * A line of a layer table, read from a file or told from a graph's node.
 *
 * @param inputs the producing layers' numbers, from 1, joined by {@code +}; {@code in} for the
 *     image
 */
record Layer(
    String block,
    String kind,
    int kernel,
    int stride,
    int dilation,
    int groups,
    int inputChannels,
    int outputChannels,
    int inputHeight,
    int outputHeight,
    String activation,
    long weights,
    long macs,
    String inputs) {

  static final int NOT_APPLICABLE = 0;
  private static final Window POINT = Kernel.POINT.window();

  /** The layers of a graph as the tables count them: a softmax belongs to the layer before it. */
  static List<Layer> of(Graph graph) {
    List<Layer> layers = new ArrayList<>();
    Map<Integer, String> producers = new HashMap<>();
    graph.inputs().forEach(input -> producers.put(input, "in"));
    for (Node node : graph.nodes()) {
      switch (node.operator()) {
        case Operator.Softmax softmax -> layers.add(layers.removeLast().withActivation("softmax"));
        case Operator.Squeeze squeeze -> {}
        default -> {
          layers.add(of(graph, node, producers));
          producers.put(node.outputs().getFirst(), Integer.toString(layers.size()));
        }
      }
    }
    return layers;
  }

  private static Layer of(Graph graph, Node node, Map<Integer, String> producers) {
    Shape input = graph.input(node, 0).shape();
    return switch (node.operator()) {
      // A convolution of a single position is what the tables call fully connected.
      case Operator.Conv2d conv when height(input) == 1 ->
          of(graph, node, producers, "fc", conv.window(), 1, conv.activation());
      case Operator.Conv2d conv ->
          of(
              graph,
              node,
              producers,
              conv.groups() == 1 ? "conv" : "gconv",
              conv.window(),
              conv.groups(),
              conv.activation());
      case Operator.DepthwiseConv2d conv ->
          of(graph, node, producers, "dwconv", conv.window(), input.dim(3), conv.activation());
      case Operator.FullyConnected fc ->
          of(graph, node, producers, "fc", POINT, 1, fc.activation());
      case Operator.GlobalPool2d pool -> windowless(graph, node, producers, "gap");
      case Operator.Binary binary -> windowless(graph, node, producers, "add");
      default -> throw new IllegalArgumentException("no table has a " + node);
    };
  }

  private static Layer of(
      Graph graph,
      Node node,
      Map<Integer, String> producers,
      String kind,
      Window window,
      int groups,
      Activation activation) {
    Shape input = graph.input(node, 0).shape();
    Shape output = graph.output(node, 0).shape();
    return new Layer(
        node.name().replaceFirst("/.*", ""),
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
        Workload.macs(graph, node),
        inputs(node, producers));
  }

  private static Layer windowless(
      Graph graph, Node node, Map<Integer, String> producers, String kind) {
    Shape input = graph.input(node, 0).shape();
    Shape output = graph.output(node, 0).shape();
    return new Layer(
        node.name().replaceFirst("/.*", ""),
        kind,
        NOT_APPLICABLE,
        NOT_APPLICABLE,
        NOT_APPLICABLE,
        NOT_APPLICABLE,
        input.innermost(),
        output.innermost(),
        height(input),
        height(output),
        "none",
        0,
        0,
        inputs(node, producers));
  }

  private static String inputs(Node node, Map<Integer, String> producers) {
    return node.inputs().stream()
        .filter(producers::containsKey)
        .map(producers::get)
        .collect(Collectors.joining("+"));
  }

  private static int height(Shape shape) {
    return shape.rank() == 4 ? shape.dim(1) : 1;
  }

  private Layer withActivation(String other) {
    return new Layer(
        block,
        kind,
        kernel,
        stride,
        dilation,
        groups,
        inputChannels,
        outputChannels,
        inputHeight,
        outputHeight,
        other,
        weights,
        macs,
        inputs);
  }
}
