package dev.ppe.simulator.compile.explain;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.PlacedNode;
import dev.ppe.simulator.compile.Placement;
import dev.ppe.simulator.compile.explain.ExplainedOperator.Place;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Says of each operator what runs it, in which layer, and why. */
final class Operators {
  private final Compilation known;
  private final Graph graph;
  private final int[] layerOf;
  private final Map<String, Integer> parts; // of concatenations in the network as it came

  private Operators(Compilation known) {
    this.known = known;
    this.graph = known.graph();
    this.layerOf = new int[graph.nodes().size()];
    Arrays.fill(layerOf, Node.ABSENT);
    for (int index = 0; index < known.layers().size(); index++) {
      for (int node : known.layers().get(index).nodes()) {
        layerOf[node] = index;
      }
    }
    this.parts = new HashMap<>();
    for (Node node : known.source().graph().nodes()) {
      if (node.operator() instanceof Operator.Concat) {
        parts.put(node.name(), node.inputs().size());
      }
    }
  }

  static List<ExplainedOperator> of(Compilation known) {
    Operators operators = new Operators(known);
    List<ExplainedOperator> result = new ArrayList<>(known.graph().nodes().size());
    if (known.placed().isEmpty()) {
      for (Node node : known.graph().nodes()) {
        result.add(operators.open(node));
      }
    }
    known.placed().forEach(placed -> result.add(operators.placed(placed)));
    return List.copyOf(result);
  }

  private ExplainedOperator open(Node node) {
    return new ExplainedOperator(
        node.name(),
        node.operator().kind(),
        output(node),
        Workload.macs(graph, node),
        Place.OPEN,
        OptionalInt.empty(),
        OptionalInt.empty(),
        false,
        joined(node));
  }

  private ExplainedOperator placed(PlacedNode placed) {
    Node node = graph.nodes().get(placed.node());
    int layer = layerOf[placed.node()];
    return new ExplainedOperator(
        node.name(),
        node.operator().kind(),
        output(node),
        Workload.macs(graph, node),
        placed.placement().onAccelerator() ? Place.ACCELERATOR : Place.HOST,
        OptionalInt.of(placed.stage()),
        layer == Node.ABSENT ? OptionalInt.empty() : OptionalInt.of(layer),
        layer != Node.ABSENT && known.layers().get(layer).main() == placed.node(),
        switch (placed.placement()) {
          case Placement.OnHost host -> host.reason();
          case Placement.OnAccelerator on -> onAccelerator(placed.node(), node, layer);
        });
  }

  private String onAccelerator(int index, Node node, int layer) {
    String joined = joined(node);
    if (!joined.isEmpty()) {
      return joined;
    }
    if (layer != Node.ABSENT && known.layers().get(layer).main() != index) {
      return fused(index, known.layers().get(layer));
    }
    return switch (node.operator()) {
      case Operator.Reshape r -> "nothing to do: the same bytes";
      case Operator.Squeeze s -> "nothing to do: the same bytes";
      case Operator.ExpandDims e -> "nothing to do: the same bytes";
      default ->
          Workload.macs(graph, node) > 0 ? "supported: the cores" : "supported: the vector unit";
    };
  }

  private String fused(int index, Layer layer) {
    if (graph.nodes().get(index).operator() instanceof Operator.Binary) {
      return "added to what \"%s\" gives out, which nobody else reads".formatted(layer.name());
    }
    return layer.nodes().indexOf(index) < layer.nodes().indexOf(layer.main())
        ? "padding inside \"%s\", which alone reads it".formatted(layer.name())
        : "applied to what \"%s\" gives out, which nobody else reads".formatted(layer.name());
  }

  /** A group convolution has the name of the concatenation that put its parts together. */
  private String joined(Node node) {
    boolean wasConcat =
        node.operator() instanceof Operator.Conv2d && parts.containsKey(node.name());
    return wasConcat
        ? "%d convolutions written apart".formatted(parts.getOrDefault(node.name(), 0))
        : "";
  }

  private String output(Node node) {
    if (node.outputs().isEmpty()) {
      return "";
    }
    Tensor output = graph.output(node, 0);
    return output.shape() + " " + Words.type(output);
  }
}
