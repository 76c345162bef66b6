package dev.ppe.simulator.graph;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Tensor.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells whether a {@link Graph} is a valid network: limits kept, indices in range, every tensor
 * written at most once and before it is read, no cycle, and the shapes those that the operators
 * produce.
 */
public final class GraphVerifier {
  private final Graph graph;
  private final GraphLimits limits;

  private GraphVerifier(Graph graph, GraphLimits limits) {
    this.graph = graph;
    this.limits = limits;
  }

  /**
   * Returns the graph if it is valid.
   *
   * @throws GraphException naming the node or tensor at fault and why
   * @throws GraphTooLargeException if it exceeds {@code limits}
   */
  public static Graph verify(Graph graph, GraphLimits limits) {
    return verify(graph, limits, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public static Graph verify(Graph graph, GraphLimits limits, Interruption interruption) {
    GraphVerifier verifier = new GraphVerifier(graph, limits);
    verifier.checkSizes(interruption);
    verifier.checkReferences(interruption);
    interruption.check();
    verifier.checkWriters(interruption);
    interruption.check();
    NodeOrder.topological(graph, interruption);
    interruption.check();
    verifier.checkShapes(interruption);
    verifier.checkWork(interruption);
    return graph;
  }

  private void checkSizes(Interruption interruption) {
    limits.checkCounts(graph.nodes().size(), graph.tensors().size());
    for (int i = 0; i < graph.tensors().size(); i++) {
      interruption.check();
      int index = i;
      limits.check(
          () -> tensorAt(index), "bytes", graph.tensor(i).bytes(), limits.maxTensorBytes());
    }
    long operands = 0;
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.check();
      Node node = graph.nodes().get(i);
      Supplier<String> place = nodeAt(i);
      limits.check(place, "operands", node.inputs().size(), limits.maxOperands());
      limits.check(place, "results", node.outputs().size(), limits.maxOperands());
      operands += node.inputs().size() + node.outputs().size();
    }
    limits.checkOperands(operands);
    limits.check(() -> "graph", "inputs", graph.inputs().size(), limits.maxTensors());
    limits.check(() -> "graph", "outputs", graph.outputs().size(), limits.maxTensors());
  }

  private void checkReferences(Interruption interruption) {
    if (graph.nodes().isEmpty()) {
      throw new GraphException("graph", "has no nodes");
    }
    if (graph.outputs().isEmpty()) {
      throw new GraphException("graph", "has no outputs");
    }
    requireTensors(() -> "graph inputs", graph.inputs());
    requireTensors(() -> "graph outputs", graph.outputs());
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.check();
      Node node = graph.nodes().get(i);
      Supplier<String> place = nodeAt(i);
      requireTensors(place, node.inputs().stream().filter(index -> index != Node.ABSENT).toList());
      requireTensors(place, node.outputs());
    }
  }

  private void requireTensors(Supplier<String> place, List<Integer> indices) {
    for (int index : indices) {
      if (index < 0 || index >= graph.tensors().size()) {
        throw new GraphException(
            place.get(),
            "refers to tensor %d, there are %d".formatted(index, graph.tensors().size()));
      }
    }
  }

  private void checkWriters(Interruption interruption) {
    boolean[] written = new boolean[graph.tensors().size()];
    for (int index : graph.inputs()) {
      if (graph.tensor(index).role() != Role.ACTIVATION) {
        throw new GraphException(tensorAt(index), "is a graph input but not an activation");
      }
      if (written[index]) {
        throw new GraphException(tensorAt(index), "is listed as a graph input twice");
      }
      written[index] = true;
    }
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.check();
      Node node = graph.nodes().get(i);
      for (int index : node.outputs()) {
        Supplier<String> place = nodeAt(i);
        if (graph.tensor(index).role() != Role.ACTIVATION) {
          throw new GraphException(place.get(), "writes " + tensorAt(index) + ", a stored value");
        }
        if (written[index]) {
          throw new GraphException(
              place.get(),
              "writes " + tensorAt(index) + ", which is a graph input or written already");
        }
        written[index] = true;
      }
    }
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.check();
      Node node = graph.nodes().get(i);
      Supplier<String> reader = nodeAt(i);
      for (int index : node.inputs()) {
        if (index != Node.ABSENT) {
          requireWritten(written, index, reader);
        }
      }
    }
    for (int index : graph.outputs()) {
      requireWritten(written, index, () -> "graph outputs");
    }
  }

  private void requireWritten(boolean[] written, int index, Supplier<String> reader) {
    if (!written[index] && graph.tensor(index).role() == Role.ACTIVATION) {
      throw new GraphException(reader.get(), "reads " + tensorAt(index) + ", which nothing writes");
    }
  }

  private void checkShapes(Interruption interruption) {
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.check();
      Node node = graph.nodes().get(i);
      Supplier<String> place = nodeAt(i);
      Optional<List<Shape>> inferred;
      try {
        inferred = ShapeInference.infer(graph, node);
      } catch (IllegalArgumentException e) {
        throw new GraphException(place.get(), String.valueOf(e.getMessage()));
      }
      if (inferred.isEmpty()) {
        continue;
      }
      List<Shape> shapes = inferred.get();
      if (shapes.size() != node.outputs().size()) {
        throw new GraphException(
            place.get(),
            "has %d results, must have %d".formatted(node.outputs().size(), shapes.size()));
      }
      for (int j = 0; j < shapes.size(); j++) {
        Shape declared = graph.output(node, j).shape();
        if (!declared.equals(shapes.get(j))) {
          throw new GraphException(
              place.get(),
              "result %d is declared %s, its operands give %s"
                  .formatted(j, declared, shapes.get(j)));
        }
        if (declared.elements() == 0) {
          throw new GraphException(place.get(), "result %d has no elements".formatted(j));
        }
      }
    }
  }

  private void checkWork(Interruption interruption) {
    long operations = 0;
    for (int i = 0; i < graph.nodes().size(); i++) {
      interruption.check();
      Node node = graph.nodes().get(i);
      try {
        operations = Math.addExact(operations, Workload.macs(graph, node));
        operations = Math.addExact(operations, Workload.vectorOperations(graph, node));
        operations = Math.addExact(operations, Workload.bytes(graph, node));
      } catch (ArithmeticException e) {
        operations = Long.MAX_VALUE;
      }
      limits.check(
          nodeAt(i), "operations and bytes up to here", operations, limits.maxOperations());
    }
  }

  /**
   * Names a node once it is at fault: most graphs have none, and naming all of them takes longest.
   */
  private Supplier<String> nodeAt(int index) {
    return () -> GraphException.nodeAt(index, graph.nodes().get(index));
  }

  private String tensorAt(int index) {
    return "tensor %d \"%s\"".formatted(index, graph.tensor(index).name());
  }
}
