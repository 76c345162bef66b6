package dev.ppe.simulator.format.export;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes each group convolution as a split of the channels, one convolution for each group, and a
 * concatenation: what tools without group convolutions take. {@code GroupConvolutions} of the
 * compiler recognises that form and runs it as the group convolution it is.
 */
public final class PortableGroups {
  private static final int CHANNELS = 3;

  private final Graph graph;
  private final List<Tensor> tensors;
  private final List<Node> nodes = new ArrayList<>();

  private PortableGroups(Graph graph) {
    this.graph = graph;
    this.tensors = new ArrayList<>(graph.tensors());
  }

  /** The graph without group convolutions; tensors that were there keep their places. */
  public static Graph expand(Graph graph) {
    PortableGroups groups = new PortableGroups(graph);
    for (Node node : graph.nodes()) {
      switch (node.operator()) {
        case Operator.Conv2d conv when conv.groups() > 1 -> groups.expand(node, conv);
        default -> groups.nodes.add(node);
      }
    }
    return new Graph(graph.name(), groups.tensors, groups.nodes, graph.inputs(), graph.outputs());
  }

  private void expand(Node node, Operator.Conv2d conv) {
    int groups = conv.groups();
    String name = node.name();
    List<Integer> inputs = parts(node.inputs().getFirst(), name + "/split", CHANNELS, groups);
    List<Integer> weights = parts(node.inputs().get(1), graph.input(node, 1).name(), 0, groups);
    List<Integer> biases =
        node.hasInput(2)
            ? parts(node.inputs().get(2), graph.input(node, 2).name(), 0, groups)
            : List.of();
    List<Integer> results = parts(node.outputs().getFirst(), name + "/group", CHANNELS, groups);

    int channels = graph.input(node, 0).shape().dim(CHANNELS) / groups;
    Operator split = new Operator.Split(CHANNELS, Collections.nCopies(groups, channels));
    nodes.add(new Node(name + "/split", split, node.inputs().subList(0, 1), inputs));
    Operator part = new Operator.Conv2d(conv.window(), 1, conv.activation());
    for (int i = 0; i < groups; i++) {
      List<Integer> operands = new ArrayList<>(List.of(inputs.get(i), weights.get(i)));
      if (!biases.isEmpty()) {
        operands.add(biases.get(i));
      }
      nodes.add(new Node(name + "/group/" + i, part, operands, List.of(results.get(i))));
    }
    Operator concat = new Operator.Concat(CHANNELS, Activation.NONE);
    nodes.add(new Node(name, concat, results, node.outputs()));
  }

  /** New tensors that are {@code tensor} cut along {@code axis}; a bias may have ones around. */
  private List<Integer> parts(int tensor, String name, int axis, int count) {
    Tensor whole = graph.tensor(tensor);
    Shape shape = whole.shape();
    Shape part =
        axis == 0 && shape.rank() != 4
            ? Shape.of((int) (shape.elements() / count))
            : shape.with(axis, shape.dim(axis) / count);
    List<Integer> indices = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      indices.add(tensors.size());
      tensors.add(
          new Tensor(name + "/" + i, part, whole.type(), whole.quantization(), whole.role()));
    }
    return indices;
  }
}
