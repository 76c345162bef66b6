package dev.ppe.client.cli;

import com.google.protobuf.ByteString;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.ModelReader;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.GraphCodec;
import dev.ppe.wire.ImportOptionsDecoder;
import dev.ppe.wire.ServiceLimits;
import java.util.List;
import java.util.Optional;

/** Reads the model of a request without estimating it. */
final class Models {
  private static final GraphLimits LIMITS = ServiceLimits.DEFAULT.graph();

  private Models() {}

  /**
   * The network, verified.
   *
   * @throws UnreadableException naming the node and the reason
   */
  static ImportedModel read(EstimateRequest request) {
    try {
      return switch (request.getModelCase()) {
        case GRAPH ->
            new ImportedModel(
                GraphCodec.decode(request.getGraph(), LIMITS).withName(request.getModelName()),
                List.of());
        case TFLITE -> file(request, request.getTflite());
        case ONNX -> file(request, request.getOnnx());
        case MODEL_NOT_SET -> throw new IllegalArgumentException("no model");
      };
    } catch (IllegalArgumentException e) { // models, graphs and fields: each has a kind of its own
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The network; empty for a model that only the server understands. */
  static Optional<Graph> readHere(EstimateRequest request) {
    try {
      return Optional.of(read(request).graph());
    } catch (UnreadableException e) {
      return Optional.empty();
    }
  }

  private static ImportedModel file(EstimateRequest request, ByteString bytes) {
    return ModelReader.read(
        request.getModelName(),
        bytes.asReadOnlyByteBuffer(),
        ImportOptionsDecoder.decode(request, LIMITS));
  }
}
