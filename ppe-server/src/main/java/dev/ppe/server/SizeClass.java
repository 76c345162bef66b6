package dev.ppe.server;

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
  /** That of a request with so many nodes or bytes. */
  static SizeClass of(ModelCase form, Fidelity fidelity, int size) {
    return new SizeClass(
        form,
        fidelity == Fidelity.FIDELITY_ANALYTICAL ? fidelity : Fidelity.FIDELITY_CYCLE,
        Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, size)));
  }

  /** The same requests of another size. */
  SizeClass withLog2(int other) {
    return new SizeClass(form, fidelity, other);
  }
}
