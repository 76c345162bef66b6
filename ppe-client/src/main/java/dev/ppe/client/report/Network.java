package dev.ppe.client.report;

import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DeadNodes;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a network consists of, without any hardware.
 *
 * @param name of the model
 * @param graphHash as answers to estimates have it
 * @param inputs such as {@code 1x224x224x3 int8}
 * @param outputs in the same form
 * @param macs multiply-accumulates of one inference
 * @param parameters stored elements
 * @param operators in the order of the model
 */
public record Network(
    String name,
    String graphHash,
    List<String> inputs,
    List<String> outputs,
    long macs,
    long parameters,
    List<Operation> operators) {

  public Network {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    operators = List.copyOf(operators);
  }

  /**
   * One operator.
   *
   * @param name of its node
   * @param kind of operator
   * @param inputs shapes of the activations it reads
   * @param outputs shapes of its results
   * @param type of its first result
   * @param macs multiply-accumulates
   * @param parameters stored elements that it is the first to read
   */
  public record Operation(
      String name,
      String kind,
      List<String> inputs,
      List<String> outputs,
      String type,
      long macs,
      long parameters) {
    public Operation {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /** The network of a verified graph, without nodes that no output needs. */
  public static Network of(Graph whole) {
    Graph graph = DeadNodes.drop(whole);
    List<Operation> operators = new ArrayList<>(graph.nodes().size());
    List<Long> parameters = Workload.parametersByNode(graph);
    for (int i = 0; i < graph.nodes().size(); i++) {
      operators.add(operation(graph, graph.nodes().get(i), parameters.get(i)));
    }
    return new Network(
        graph.name(),
        CanonicalGraph.of(graph).hash().hex(),
        tensors(graph, graph.inputs()),
        tensors(graph, graph.outputs()),
        Workload.macs(graph),
        Workload.parameters(graph),
        operators);
  }

  private static Operation operation(Graph graph, Node node, long parameters) {
    List<String> inputs =
        node.inputs().stream()
            .filter(index -> index != Node.ABSENT && !graph.tensor(index).isParameter())
            .map(index -> graph.tensor(index).shape().toString())
            .toList();
    List<String> outputs =
        node.outputs().stream().map(index -> graph.tensor(index).shape().toString()).toList();
    return new Operation(
        node.name(),
        node.operator().kind(),
        inputs,
        outputs,
        node.outputs().isEmpty() ? "" : type(graph.output(node, 0)),
        Workload.macs(graph, node),
        parameters);
  }

  private static List<String> tensors(Graph graph, List<Integer> indices) {
    return indices.stream()
        .map(index -> graph.tensor(index).shape() + " " + type(graph.tensor(index)))
        .toList();
  }

  private static String type(Tensor tensor) {
    return tensor.type().name().toLowerCase(Locale.ROOT);
  }
}
