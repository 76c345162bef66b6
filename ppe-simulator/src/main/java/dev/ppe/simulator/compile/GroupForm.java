package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.Conv2d;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Recognises group convolutions that are written in parts: a concatenation of channels is one if
 * the parts are equal, in order and complete; if the convolutions have one window, one activation
 * function and weights of their own; and if nobody else sees what lies between. Names are not
 * looked at.
 */
final class GroupForm {
  private static final int CHANNELS = 3;

  /**
   * A part of the channels.
   *
   * @param source the tensor of which it is one
   * @param begin its first channel
   * @param channels how many
   * @param cut the node that takes them apart
   * @param convolution the node that convolves them
   */
  record Part(int source, int begin, int channels, int cut, int convolution) {}

  private final Graph graph;
  private final int[] writer;
  private final int[] readers;

  GroupForm(Graph graph, Interruption interruption) {
    this.graph = graph;
    this.writer = new int[graph.tensors().size()];
    this.readers = new int[graph.tensors().size()];
    Arrays.fill(writer, Node.ABSENT);
    graph.outputs().forEach(output -> readers[output]++);
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.checkAt(i);
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

  /** The parts that a concatenation puts together, if they are a group convolution. */
  Optional<List<Part>> find(int index, Operator.Concat concat) {
    Node node = graph.nodes().get(index);
    Shape output = graph.output(node, 0).shape();
    if (output.rank() != 4 || output.axis(concat.axis()) != CHANNELS || node.inputs().size() < 2) {
      return Optional.empty();
    }
    List<Part> parts = new ArrayList<>();
    for (int input : node.inputs()) {
      Optional<Part> part = part(input);
      if (part.isEmpty() || !continues(parts, part.get())) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    Part first = parts.getFirst();
    Node like = graph.nodes().get(first.convolution());
    boolean complete =
        first.channels() * parts.size() == graph.tensor(first.source()).shape().dim(CHANNELS);
    boolean same = parts.stream().allMatch(part -> sameConvolution(like, part.convolution()));
    boolean oneActivation =
        activation(like) == Activation.NONE || concat.activation() == Activation.NONE;
    boolean sameType = graph.output(like, 0).type() == graph.output(node, 0).type();
    return complete && same && oneActivation && sameType ? Optional.of(parts) : Optional.empty();
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
        .map(
            begin ->
                new Part(
                    graph.nodes().get(by).inputs().getFirst(),
                    begin,
                    channels,
                    by,
                    writer[result]));
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
}
