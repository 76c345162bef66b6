package dev.ppe.server;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateRequest.ModelCase;
import dev.ppe.v1.Fidelity;

/**
 * Requests that should take about as long as each other: one form of model, one fidelity, and sizes
 * within a factor of two. The size is that of what can be told before the model is read: the nodes
 * of a graph, the bytes of a file.
 *
 * @param form of the model
 * @param fidelity asked for
 * @param log2 of the size, rounded down
 */
record SizeClass(ModelCase form, Fidelity fidelity, int log2) {
  static SizeClass of(EstimateRequest request) {
    int size =
        switch (request.getModelCase()) {
          case GRAPH -> request.getGraph().getNodesCount();
          case TFLITE -> request.getTflite().size();
          case ONNX -> request.getOnnx().size();
          case MODEL_NOT_SET -> 1;
        };
    return new SizeClass(
        request.getModelCase(),
        request.getFidelity() == Fidelity.FIDELITY_ANALYTICAL
            ? Fidelity.FIDELITY_ANALYTICAL
            : Fidelity.FIDELITY_CYCLE,
        Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, size)));
  }

  /** The same requests of another size. */
  SizeClass withLog2(int other) {
    return new SizeClass(form, fidelity, other);
  }
}
