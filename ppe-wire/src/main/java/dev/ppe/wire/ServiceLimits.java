package dev.ppe.wire;

import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphTooLargeException;
import dev.ppe.v1.EstimateRequest;

/**
 * How large a request may be before any work is spent on it.
 *
 * @param maxModelBytes most bytes of a model, as a file or as a message
 * @param graph how large the network in it may be
 */
public record ServiceLimits(int maxModelBytes, GraphLimits graph) {
  /** Models of 64 MiB, and the simulator's own limits. */
  public static final ServiceLimits DEFAULT = new ServiceLimits(64 << 20, GraphLimits.DEFAULT);

  public ServiceLimits {
    if (maxModelBytes < 1) {
      throw new IllegalArgumentException(
          "maxModelBytes is " + maxModelBytes + ", must be 1 or more");
    }
  }

  /**
   * Checks the model's size.
   *
   * @throws GraphTooLargeException if it exceeds the limit
   */
  void check(EstimateRequest request) {
    int bytes =
        switch (request.getModelCase()) {
          case GRAPH -> request.getGraph().getSerializedSize();
          case TFLITE -> request.getTflite().size();
          case ONNX -> request.getOnnx().size();
          case MODEL_NOT_SET -> 0;
        };
    if (bytes > maxModelBytes) {
      throw new GraphTooLargeException(
          "model: has %d bytes, the limit is %d".formatted(bytes, maxModelBytes));
    }
  }
}
