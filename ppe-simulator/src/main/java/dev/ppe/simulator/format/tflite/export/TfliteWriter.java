package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.export.QuantizationPlan;
import dev.ppe.simulator.format.export.WeightData;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Tensor;
import java.nio.ByteBuffer;

/**
 * Writes a graph as a TensorFlow Lite model (FlatBuffers, schema version 3).
 *
 * <p>Read again, the file gives a graph of the same hash. Exceptions are what the format has no
 * operator for, which is written in several: layer normalisation, a softmax along an outer axis,
 * explicit padding, fused logistic and hard swish functions, and arg-max with its axis kept; and
 * int8 tensors without quantisation, which the file gives one.
 */
public final class TfliteWriter {
  private TfliteWriter() {}

  /**
   * The file, from position 0 to the limit.
   *
   * @param graph a verified graph; nodes that no output needs are left out
   * @param weights what to store for the weights
   * @throws ModelFormatException if it is too large for the format
   */
  public static ByteBuffer write(Graph graph, Weights weights) {
    Graph ordered = CanonicalGraph.of(graph).graph();
    QuantizationPlan plan = QuantizationPlan.of(ordered);
    WeightData data = new WeightData(weights, ordered, plan);
    ModelAssembly file = new ModelAssembly();
    for (int i = 0; i < ordered.tensors().size(); i++) {
      Tensor tensor = ordered.tensor(i);
      file.tensor(
          tensor.name(),
          tensor.shape(),
          tensor.type(),
          plan.of(i),
          tensor.role() == Tensor.Role.STATE,
          tensor.isParameter() ? content(ordered, i, data) : new Content.None());
    }
    OperatorWriter operators = new OperatorWriter(new Emitter(ordered, plan, file));
    for (Node node : ordered.nodes()) {
      operators.write(node);
    }
    return file.finish(graph.name(), ordered.inputs(), ordered.outputs());
  }

  private static Content content(Graph graph, int index, WeightData data) {
    Tensor tensor = graph.tensor(index);
    if (tensor.bytes() > Integer.MAX_VALUE - 8) {
      throw new ModelFormatException(
          "tensor \"" + tensor.name() + "\"",
          "takes %d bytes: too many for one buffer of a file".formatted(tensor.bytes()));
    }
    int bytes = (int) tensor.bytes();
    return data.isZero(index) ? new Content.Zeros(bytes) : new Content.Drawn(data, index, bytes);
  }
}
