package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.format.ModelFormatException;
import dev.ppe.simulator.format.export.QuantizationPlan;
import dev.ppe.simulator.format.export.WeightData;
import dev.ppe.simulator.format.export.Weights;
import dev.ppe.simulator.format.tflite.TfliteReader;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Tensor;
import java.nio.ByteBuffer;

/**
 * Writes a graph as a TensorFlow Lite model (FlatBuffers, schema version 3).
 *
 * <p>Read again, the file gives a graph of the same hash: what the format has no operator for is
 * written in several, whose tensors' names say that they belong together.
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
    QuantizationPlan plan = QuantizationPlan.of(ordered, TfliteWriter::wantsOneScale);
    WeightData data = new WeightData(weights, ordered, plan);
    ModelAssembly file = new ModelAssembly();
    for (int i = 0; i < ordered.tensors().size(); i++) {
      Tensor tensor = ordered.tensor(i);
      boolean scalesLost =
          tensor.quantization() instanceof Quantization.PerChannel channels
              && plan.of(i).filter(planned -> planned.channels() == 1).isPresent()
              && tensor.shape().dim(channels.axis()) > 1
              && tensor.type() != DataType.INT32; // of a bias they cost nothing
      file.tensor(
          scalesLost ? tensor.name() + TfliteReader.PER_CHANNEL : tensor.name(),
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

  /** Runtimes take a scale for each channel of fully connected layers only since 2023. */
  private static boolean wantsOneScale(Operator operator) {
    return operator instanceof Operator.FullyConnected;
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
