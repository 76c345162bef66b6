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
  /** The driver, which starts an inference. */
  INVOCATION,
  /** From the driver's write until the accelerator fetches instructions. */
  DOORBELL,
  /** Fetching and decoding a layer's instructions, and meeting the other PEs. */
  DECODE,
  /** From the last result until the caller has it. */
  COMPLETION,
  /** Cores that stand still while a bank of their PE memory serves something else. */
  PE_MEMORY_BANK
}
