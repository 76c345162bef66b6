package dev.ppe.simulator.power;

import dev.ppe.simulator.activity.Action;

/** What energy is spent on: the finer parts of each component. */
public enum EnergyPart {
  /** Multiply-accumulates. */
  MACS(Component.MAC_ARRAY),
  /** Operands, weights and accumulators beside the multipliers. */
  REGISTERS(Component.MAC_ARRAY),
  /** Elementwise operations, and results that leave the accumulators. */
  VECTOR_UNIT(Component.VECTOR_UNIT),
  /** Reads and writes of activations. */
  PE_MEMORY(Component.PE_MEMORY),
  /** Reads and writes of parameters. */
  CORE_MEMORY(Component.PARAMETER_MEMORY),
  /** Instructions stored and fetched. */
  INSTRUCTIONS(Component.PARAMETER_MEMORY),
  /** Bytes between PEs and weights on their way to them. */
  NETWORK(Component.NETWORK),
  /** Rows opened and closed. */
  DRAM_ACTIVATE(Component.DRAM),
  /** Bytes read. */
  DRAM_READ(Component.DRAM),
  /** Bytes written. */
  DRAM_WRITE(Component.DRAM),
  /** Refreshes. */
  DRAM_REFRESH(Component.DRAM),
  /** Bytes to and from the host. */
  HOST_LINK(Component.HOST_LINK),
  /** Leakage of the logic. */
  ARRAY_LEAKAGE(Component.LEAKAGE),
  /** Leakage of the memories on the chip. */
  MEMORY_LEAKAGE(Component.LEAKAGE),
  /** Clock of the multipliers with their registers. */
  ARRAY_CLOCK(Component.LEAKAGE),
  /** Clock of the PEs' other parts. */
  PE_CLOCK(Component.LEAKAGE);

  private final Component component;

  EnergyPart(Component component) {
    this.component = component;
  }

  /** The component that it belongs to. */
  public Component component() {
    return component;
  }

  /** Where the energy of {@code action} goes. */
  static EnergyPart of(Action action) {
    return switch (action) {
      case MAC_INT8, MAC_INT16, MAC_BFLOAT16, MAC_FLOAT16, MAC_FLOAT32 -> MACS;
      case REGISTER_BYTE -> REGISTERS;
      case VECTOR_OPERATION -> VECTOR_UNIT;
      case PE_MEMORY_READ_BYTE, PE_MEMORY_WRITE_BYTE -> PE_MEMORY;
      case CORE_MEMORY_READ_BYTE, CORE_MEMORY_WRITE_BYTE -> CORE_MEMORY;
      case INSTRUCTION_BYTE -> INSTRUCTIONS;
      case NETWORK_BYTE_HOP -> NETWORK;
      case DRAM_ACTIVATE -> DRAM_ACTIVATE;
      case DRAM_READ_BYTE -> DRAM_READ;
      case DRAM_WRITE_BYTE -> DRAM_WRITE;
      case DRAM_REFRESH -> DRAM_REFRESH;
      case HOST_LINK_BYTE -> HOST_LINK;
    };
  }
}
