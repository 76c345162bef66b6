package dev.ppe.simulator.power;

/** Blocks that energy is reported for. */
public enum Component {
  /** Multipliers with their registers. */
  MAC_ARRAY,
  /** Elementwise work and what results go through. */
  VECTOR_UNIT,
  /** Memories of activations. */
  PE_MEMORY,
  /** Memories of parameters and instructions. */
  PARAMETER_MEMORY,
  /** Links between PEs and to them. */
  NETWORK,
  /** Off-chip memory. */
  DRAM,
  /** The accelerator's end of the host link. */
  HOST_LINK,
  /** Leakage and clock of all blocks. */
  LEAKAGE
}
