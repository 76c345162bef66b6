package dev.ppe.client.cli;

import dev.ppe.v1.EstimateRequest;

/**
 * One chip for several models: each finds what those before it have left of the parameter memory,
 * as the vendor's compiler shares it among models that are compiled together.
 */
final class SharedChip {
  private long takenBytes;

  /** What is taken so far. */
  long takenBytes() {
    return takenBytes;
  }

  /** The request of the next model: with what is taken so far. */
  EstimateRequest next(EstimateRequest request) {
    return request.toBuilder().setParameterMemoryReservedBytes(takenBytes).build();
  }

  /** A model stays, and takes so much. */
  void take(long bytes) {
    takenBytes += bytes;
  }
}
