package dev.ppe.wire;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphTooLargeException;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Between the wire's graph and the domain's. */
public final class GraphCodec {
  private GraphCodec() {}

  /** The message of a graph, verified or not. */
  public static dev.ppe.v1.Graph encode(Graph graph) {
    dev.ppe.v1.Graph.Builder builder =
        dev.ppe.v1.Graph.newBuilder()
            .setName(graph.name())
            .addAllInputs(graph.inputs())
            .addAllOutputs(graph.outputs());
    graph.tensors().forEach(tensor -> builder.addTensors(TensorCodec.encode(tensor)));
    graph.nodes().forEach(node -> builder.addNodes(encode(node)));
    return builder.build();
  }

  private static dev.ppe.v1.Node encode(Node node) {
    dev.ppe.v1.Node.Builder builder =
        dev.ppe.v1.Node.newBuilder()
            .setName(node.name())
            .addAllInputs(node.inputs())
            .addAllOutputs(node.outputs());
    OperatorEncoder.encode(node.operator(), builder);
    return builder.build();
  }

  /**
   * The verified graph of a message.
   *
   * @throws GraphTooLargeException if it exceeds {@code limits}; found before anything is built
   * @throws dev.ppe.simulator.graph.GraphException if it is no valid network
   * @throws IllegalArgumentException if the message describes no graph: names the field, such as
   *     {@code graph.nodes[3].conv2d.window.stride_height}
   */
  public static Graph decode(dev.ppe.v1.Graph graph, GraphLimits limits) {
    return decode(graph, limits, Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  static Graph decode(dev.ppe.v1.Graph graph, GraphLimits limits, Interruption interruption) {
    limits.checkCounts(graph.getNodesCount(), graph.getTensorsCount());
    Graph decoded =
        Fields.within(
            "graph",
            () ->
                new Graph(
                    graph.getName(),
                    list("tensors", graph.getTensorsList(), TensorCodec::decode, interruption),
                    list("nodes", graph.getNodesList(), node -> decode(node, limits), interruption),
                    indices("inputs", graph.getInputsList(), limits.maxTensors()),
                    indices("outputs", graph.getOutputsList(), limits.maxTensors())));
    return GraphVerifier.verify(decoded, limits, interruption);
  }

  private static Node decode(dev.ppe.v1.Node node, GraphLimits limits) {
    List<Integer> inputs = indices("inputs", node.getInputsList(), limits.maxOperands());
    List<Integer> outputs = indices("outputs", node.getOutputsList(), limits.maxOperands());
    return new Node(node.getName(), OperatorDecoder.decode(node), inputs, outputs);
  }

  private static List<Integer> indices(String field, List<Integer> indices, int most) {
    if (indices.size() > most) {
      throw new GraphTooLargeException(
          "%s has %d entries, the limit is %d".formatted(field, indices.size(), most));
    }
    return indices;
  }

  /** Every element decoded; a failure names the element. */
  private static <M, D> List<D> list(
      String field, List<M> messages, Function<M, D> decoder, Interruption interruption) {
    List<D> decoded = new ArrayList<>(messages.size());
    for (M message : messages) {
      interruption.check();
      try {
        decoded.add(decoder.apply(message));
      } catch (IllegalArgumentException e) {
        throw FieldException.within(field + "[" + decoded.size() + "]", e);
      }
    }
    return decoded;
  }
}
