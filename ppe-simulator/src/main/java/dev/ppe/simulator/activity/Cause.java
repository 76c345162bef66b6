package dev.ppe.simulator.activity;

/** What an inference spends a cycle on: the answer to "why does it take so long". */
public enum Cause {
  /** Multiply-accumulates, or the vector unit's arithmetic. */
  COMPUTE,
  /** Activations on their way from PE memories to cores, halo and redistribution included. */
  ACTIVATION_FETCH,
  /** Parameters on their way to cores, from the chip's own memory or from outside. */
  PARAMETER_FETCH,
  /** Results on their way into PE memory. */
  OUTPUT,
  /** Activations that do not fit into the PE memories, going out or coming back. */
  DMA,
  /** Inputs, outputs and instructions on the link to the host. */
  HOST_LINK,
  /** Operators that the host runs. */
  HOST,
  /** Starting the inference: driver, doorbell, completion. */
  INVOCATION
}
