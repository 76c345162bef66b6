package dev.ppe.simulator.compile;

/** What an instruction occupies: one at a time, in program order. */
public enum Resource {
  /** The host processor: driver and operators that stay there. */
  HOST,
  /** The host link towards the accelerator. */
  LINK_IN,
  /** The host link back. */
  LINK_OUT,
  /** The off-chip memory's channel. */
  DRAM,
  /** The links between PEs, which move in step. */
  NETWORK,
  /** The cores of all PEs, which work in step. */
  ARRAY
}
