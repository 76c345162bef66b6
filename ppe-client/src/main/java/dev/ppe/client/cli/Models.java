package dev.ppe.client.cli;

import com.google.protobuf.ByteString;
import dev.ppe.simulator.format.ImportedModel;
import dev.ppe.simulator.format.ModelReader;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.GraphCodec;
import dev.ppe.wire.ImportOptionsDecoder;
import dev.ppe.wire.ServiceLimits;
import java.util.List;

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

  private static ImportedModel file(EstimateRequest request, ByteString bytes) {
    return ModelReader.read(
        request.getModelName(),
        bytes.asReadOnlyByteBuffer(),
        ImportOptionsDecoder.decode(request, LIMITS));
  }
}
