package dev.ppe.simulator.activity;

/** What costs energy each time that it is done. {@code docs/energy.md} says how each is counted. */
public enum Action {
  /** A multiply-accumulate of 8-bit integers (or narrower ones). */
  MAC_INT8,
  /** A multiply-accumulate with an operand of 16-bit integers or wider. */
  MAC_INT16,
  /** A multiply-accumulate of bfloat16. */
  MAC_BFLOAT16,
  /** A multiply-accumulate of float16. */
  MAC_FLOAT16,
  /** A multiply-accumulate of float32 or wider. */
  MAC_FLOAT32,
  /** A byte read from or written to a register beside a lane: operands, weights, accumulators. */
  REGISTER_BYTE,
  /** An elementwise operation, or a result that leaves an accumulator. */
  VECTOR_OPERATION,
  /** A byte read from a PE memory. */
  PE_MEMORY_READ_BYTE,
  /** A byte written to a PE memory. */
  PE_MEMORY_WRITE_BYTE,
  /** A byte of weights read from core or parameter memory; PEs that share it read it once. */
  CORE_MEMORY_READ_BYTE,
  /** A byte of parameters from outside written to core or parameter memory. */
  CORE_MEMORY_WRITE_BYTE,
  /** A byte of instructions written to the instruction memory and read from it. */
  INSTRUCTION_BYTE,
  /** A byte that goes from one PE to the next, or from a parameter memory to a PE. */
  NETWORK_BYTE_HOP,
  /** A row of a DRAM bank opened and closed. */
  DRAM_ACTIVATE,
  /** A byte read from DRAM. */
  DRAM_READ_BYTE,
  /** A byte written to DRAM. */
  DRAM_WRITE_BYTE,
  /** A refresh of all banks of one DRAM channel. */
  DRAM_REFRESH,
  /** A byte on the host link. */
  HOST_LINK_BYTE;

  /** Whether this is a multiply-accumulate. */
  public boolean isMac() {
    return switch (this) {
      case MAC_INT8, MAC_INT16, MAC_BFLOAT16, MAC_FLOAT16, MAC_FLOAT32 -> true;
      case REGISTER_BYTE,
          VECTOR_OPERATION,
          PE_MEMORY_READ_BYTE,
          PE_MEMORY_WRITE_BYTE,
          CORE_MEMORY_READ_BYTE,
          CORE_MEMORY_WRITE_BYTE,
          INSTRUCTION_BYTE,
          NETWORK_BYTE_HOP,
          DRAM_ACTIVATE,
          DRAM_READ_BYTE,
          DRAM_WRITE_BYTE,
          DRAM_REFRESH,
          HOST_LINK_BYTE ->
          false;
    };
  }
}
