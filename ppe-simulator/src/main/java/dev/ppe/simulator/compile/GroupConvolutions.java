package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.Conv2d;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Before anything else: channels that are taken apart, convolved each for itself and put together
 * again are a group convolution, and become one. Networks are written like that for tools that have
 * no group convolution (Gupta and Akin, "Accelerator-aware neural network design using AutoML",
 * 2020, among others); the hardware has.
 *
 * <p>It is one if the parts are equal, in order and complete; if the convolutions have one window,
 * one activation function and weights of their own; and if nobody else sees what lies between.
 */
final class GroupConvolutions {
  private static final int CHANNELS = 3;

  /** A part of the channels, and the nodes that it takes to make it. */
  private record Part(int source, int begin, int channels, int node) {}

  private final Graph graph;
  private final int[] writer;
  private final int[] readers;
  private final List<Tensor> tensors;
  private final Map<Integer, Node> replacements = new HashMap<>();
  private final Set<Integer> dropped = new HashSet<>();

  private GroupConvolutions(Graph graph) {
    this.graph = graph;
    this.tensors = new ArrayList<>(graph.tensors());
    this.writer = new int[graph.tensors().size()];
    this.readers = new int[graph.tensors().size()];
    Arrays.fill(writer, Node.ABSENT);
    graph.outputs().forEach(output -> readers[output]++);
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (int input : graph.nodes().get(i).inputs()) {
        if (input != Node.ABSENT) {
          readers[input]++;
        }
      }
      for (int output : graph.nodes().get(i).outputs()) {
        writer[output] = i;
      }
    }
  }

  /** A canonical graph with its group convolutions as such, in canonical order again. */
  static Graph join(Graph graph, Interruption interruption) {
    GroupConvolutions groups = new GroupConvolutions(graph);
    interruption.check();
    for (int i = 0; i < graph.nodes().size(); i++) {
      if (graph.nodes().get(i).operator() instanceof Operator.Concat concat) {
        interruption.check();
        groups.join(i, concat);
      }
    }
    interruption.check();
    return groups.replacements.isEmpty()
        ? graph
        : CanonicalGraph.of(groups.rebuilt(), interruption).graph();
  }

  private Graph rebuilt() {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      if (!dropped.contains(i)) {
        nodes.add(replacements.getOrDefault(i, graph.nodes().get(i)));
      }
    }
    return new Graph(graph.name(), tensors, nodes, graph.inputs(), graph.outputs());
  }

  private void join(int index, Operator.Concat concat) {
    Node node = graph.nodes().get(index);
    Shape output = graph.output(node, 0).shape();
    if (output.rank() != 4 || output.axis(concat.axis()) != CHANNELS || node.inputs().size() < 2) {
      return;
    }
    List<Integer> convolutions = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (int input : node.inputs()) {
      Optional<Part> part = part(input);
      if (part.isEmpty() || !continues(parts, part.get())) {
        return;
      }
      convolutions.add(writer[input]);
      parts.add(part.get());
    }
    Part first = parts.getFirst();
    Node like = graph.nodes().get(convolutions.getFirst());
    boolean complete =
        first.channels() * parts.size() == graph.tensor(first.source()).shape().dim(CHANNELS);
    if (complete
        && convolutions.stream().allMatch(other -> sameConvolution(like, other))
        && !(activation(like) != Activation.NONE && concat.activation() != Activation.NONE)
        && graph.output(like, 0).type() == graph.output(node, 0).type()) {
      replace(index, concat, convolutions, parts);
    }
  }

  /** What the convolution that writes {@code result} for one reader reads. */
  private Optional<Part> part(int result) {
    if (readers[result] != 1
        || writer[result] == Node.ABSENT
        || !(graph.nodes().get(writer[result]).operator() instanceof Conv2d)) {
      return Optional.empty();
    }
    Node conv = graph.nodes().get(writer[result]);
    int input = conv.inputs().getFirst();
    if (readers[input] != 1 || writer[input] == Node.ABSENT || !ownParameters(conv)) {
      return Optional.empty();
    }
    int by = writer[input];
    int channels = graph.tensor(input).shape().dim(CHANNELS);
    return begin(graph.nodes().get(by), input)
        .map(begin -> new Part(graph.nodes().get(by).inputs().getFirst(), begin, channels, by));
  }

  private boolean ownParameters(Node conv) {
    return conv.inputs().stream()
        .skip(1)
        .allMatch(operand -> graph.tensor(operand).isParameter() && readers[operand] == 1);
  }

  /** The first channel of the part {@code result} that {@code node} takes out of a map. */
  private Optional<Integer> begin(Node node, int result) {
    return switch (node.operator()) {
      case Operator.Split split
          when cutsChannels(node, result)
              && graph.input(node, 0).shape().axis(split.axis()) == CHANNELS -> {
        int position = node.outputs().indexOf(result);
        yield Optional.of(
            split.sizes().subList(0, position).stream().mapToInt(Integer::intValue).sum());
      }
      case Operator.Slice slice when cutsChannels(node, result) ->
          Optional.of(slice.begin().get(CHANNELS));
      default -> Optional.empty();
    };
  }

  /** Whether {@code result} has all rows and columns of what {@code node} reads. */
  private boolean cutsChannels(Node node, int result) {
    Shape source = graph.input(node, 0).shape();
    Shape part = graph.tensor(result).shape();
    return source.rank() == 4 && source.with(CHANNELS, 1).equals(part.with(CHANNELS, 1));
  }

  private static boolean continues(List<Part> before, Part part) {
    if (before.isEmpty()) {
      return part.begin() == 0;
    }
    Part last = before.getLast();
    return part.source() == last.source()
        && part.channels() == last.channels()
        && part.begin() == last.begin() + last.channels();
  }

  private boolean sameConvolution(Node like, int other) {
    Node node = graph.nodes().get(other);
    if (!node.operator().equals(like.operator()) || node.inputs().size() != like.inputs().size()) {
      return false;
    }
    for (int i = 1; i < like.inputs().size(); i++) {
      Tensor one = graph.input(like, i);
      Tensor two = graph.input(node, i);
      if (!one.shape().equals(two.shape()) || one.type() != two.type()) {
        return false;
      }
    }
    return graph.output(node, 0).type() == graph.output(like, 0).type();
  }

  private static Activation activation(Node conv) {
    return conv.operator() instanceof Conv2d c ? c.activation() : Activation.NONE;
  }

  private void replace(
      int index, Operator.Concat concat, List<Integer> convolutions, List<Part> parts) {
    Node node = graph.nodes().get(index);
    Node like = graph.nodes().get(convolutions.getFirst());
    if (!(like.operator() instanceof Conv2d conv)) {
      return;
    }
    List<Integer> operands = new ArrayList<>(List.of(parts.getFirst().source()));
    for (int i = 1; i < like.inputs().size(); i++) {
      operands.add(together(node, i, convolutions));
    }
    Activation activation =
        conv.activation() == Activation.NONE ? concat.activation() : conv.activation();
    Operator joined = new Conv2d(conv.window(), conv.groups() * parts.size(), activation);
    replacements.put(index, new Node(node.name(), joined, operands, node.outputs()));
    dropped.addAll(convolutions);
    parts.forEach(part -> dropped.add(part.node()));
  }

  /** One parameter of all groups, which lie one behind the other. */
  private int together(Node node, int position, List<Integer> convolutions) {
    List<Tensor> parts =
        convolutions.stream().map(conv -> graph.input(graph.nodes().get(conv), position)).toList();
    Tensor first = parts.getFirst();
    Shape shape =
        first.shape().rank() == 0
            ? Shape.of(parts.size())
            : first.shape().with(0, first.shape().dim(0) * parts.size());
    boolean same = parts.stream().allMatch(p -> p.quantization().equals(first.quantization()));
    Quantization quantization =
        same ? first.quantization() : new Quantization.PerChannel(0); // scales of their own
    tensors.add(
        new Tensor(
            commonName(parts, node.name()), shape, first.type(), quantization, first.role()));
    return tensors.size() - 1;
  }

  /** What the parts' names begin with, up to a slash, which is what the whole had been called. */
  private static String commonName(List<Tensor> parts, String otherwise) {
    String first = parts.getFirst().name();
    int slash = first.lastIndexOf('/');
    boolean common =
        slash > 0
            && parts.stream().allMatch(p -> p.name().startsWith(first.substring(0, slash + 1)));
    return common ? first.substring(0, slash) : otherwise + "/parameters";
  }
}
