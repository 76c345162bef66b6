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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Before anything else: channels that are taken apart, convolved each for itself and put together
 * again are a group convolution, and become one. Networks are written like that for tools that have
 * no group convolution (Gupta and Akin, "Accelerator-aware neural network design using AutoML",
 * 2020, among others); the hardware has.
 *
 * <p>{@link GroupForm} says when they are.
 */
final class GroupConvolutions {
  private final Graph graph;
  private final List<Tensor> tensors;
  private final Map<Integer, Node> replacements = new HashMap<>();
  private final Set<Integer> dropped = new HashSet<>();

  private GroupConvolutions(Graph graph) {
    this.graph = graph;
    this.tensors = new ArrayList<>(graph.tensors());
  }

  /** A canonical graph with its group convolutions as such, in canonical order again. */
  static Graph join(Graph graph, Interruption interruption) {
    GroupConvolutions groups = new GroupConvolutions(graph);
    GroupForm form = new GroupForm(graph, interruption);
    interruption.check();
    for (int i = 0; i < graph.nodes().size(); i++) {
      if (graph.nodes().get(i).operator() instanceof Operator.Concat concat) {
        interruption.check();
        int index = i;
        form.find(i, concat).ifPresent(parts -> groups.replace(index, concat, parts));
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

  private void replace(int index, Operator.Concat concat, List<GroupForm.Part> parts) {
    Node node = graph.nodes().get(index);
    Node like = graph.nodes().get(parts.getFirst().convolution());
    if (!(like.operator() instanceof Conv2d conv)) {
      return;
    }
    List<Integer> operands = new ArrayList<>(List.of(parts.getFirst().source()));
    for (int i = 1; i < like.inputs().size(); i++) {
      operands.add(together(node, i, parts));
    }
    Activation activation =
        conv.activation() == Activation.NONE ? concat.activation() : conv.activation();
    Operator joined = new Conv2d(conv.window(), conv.groups() * parts.size(), activation);
    replacements.put(index, new Node(node.name(), joined, operands, node.outputs()));
    for (GroupForm.Part part : parts) {
      dropped.add(part.convolution());
      dropped.add(part.cut());
    }
  }

  /** One parameter of all groups, which lie one behind the other. */
  private int together(Node node, int position, List<GroupForm.Part> groups) {
    List<Tensor> parts =
        groups.stream()
            .map(group -> graph.input(graph.nodes().get(group.convolution()), position))
            .toList();
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

  /**
   * What the parts' names begin with, up to a slash, which is what the whole had been called. For
   * people: nothing else asks for it.
   */
  private static String commonName(List<Tensor> parts, String otherwise) {
    String first = parts.getFirst().name();
    int slash = first.lastIndexOf('/');
    boolean common =
        slash > 0
            && parts.stream().allMatch(p -> p.name().startsWith(first.substring(0, slash + 1)));
    return common ? first.substring(0, slash) : otherwise + "/parameters";
  }
}
