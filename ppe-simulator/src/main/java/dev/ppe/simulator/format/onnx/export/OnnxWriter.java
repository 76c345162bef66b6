package dev.ppe.simulator.format.onnx.export;

import com.google.protobuf.CodedOutputStream;
import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.export.QuantizationPlan;
import dev.ppe.simulator.format.export.WeightData;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a graph as an ONNX model of operator set 17, as <a
 * href="https://github.com/onnx/onnx/blob/main/docs/IR.md">its specification</a> has it.
 *
 * <p>Feature maps are [N, C, H, W] there and stay so from operator to operator; a transposition is
 * written where an operator reads the elements in the graph's order. Integers are written as QDQ:
 * see {@link Values}.
 */
public final class OnnxWriter {
  private OnnxWriter() {}

  /**
   * Writes the file to {@code out}, which stays open.
   *
   * @param graph a verified graph; nodes that no output needs are left out
   * @param weights what to store for the weights
   * @throws ModelFormatException if the format cannot express the network: names the node
   */
  public static void write(Graph graph, Weights weights, OutputStream out) throws IOException {
    Message file = file(CanonicalGraph.of(graph).graph(), weights);
    if (file.size() > Integer.MAX_VALUE) {
      throw new ModelFormatException(
          "model", "takes %d bytes; an ONNX file holds 2 GiB".formatted(file.size()));
    }
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    file.write(coded);
    coded.flush();
  }

  private static Message file(Graph graph, Weights weights) {
    QuantizationPlan plan = QuantizationPlan.of(graph);
    OnnxFile file = new OnnxFile();
    Values values = new Values(graph, plan, new WeightData(weights, graph, plan), file);
    boolean overMaps = graph.nodes().stream().anyMatch(node -> isOverMaps(node.operator()));
    List<Message> inputs = new ArrayList<>();
    for (int input : graph.inputs()) {
      int rank = graph.tensor(input).shape().rank();
      Layout layout = overMaps && rank == 4 ? Layout.CHANNELS_FIRST : Layout.plain(rank);
      inputs.add(at("graph inputs", () -> values.input(input, layout)));
    }
    OperatorNodes nodes = new OperatorNodes(values);
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      at(
          GraphException.nodeAt(i, node),
          () -> {
            nodes.write(node);
            return node;
          });
    }
    List<Message> outputs = new ArrayList<>();
    for (int output : graph.outputs()) {
      outputs.add(at("graph outputs", () -> values.output(output)));
    }
    return file.finish(graph.name(), inputs, outputs);
  }

  /** Whether it gives rank 4 a meaning: images then are channels first. */
  private static boolean isOverMaps(Operator operator) {
    return switch (operator) {
      case Operator.Conv2d conv -> true;
      case Operator.DepthwiseConv2d conv -> true;
      case Operator.TransposeConv2d conv -> true;
      case Operator.Pool2d pool -> true;
      case Operator.GlobalPool2d pool -> true;
      case Operator.Resize resize -> true;
      case Operator.DepthToSpace depth -> true;
      case Operator.SpaceToDepth space -> true;
      default -> false;
    };
  }

  private interface Step<T> {
    T run();
  }

  /** Names the place of whatever cannot be expressed. */
  private static <T> T at(String place, Step<T> step) {
    try {
      return step.run();
    } catch (ModelFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(place, "cannot be written as ONNX: " + e.getMessage());
    }
  }
}
