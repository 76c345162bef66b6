package dev.ppe.simulator.power;

import dev.ppe.simulator.activity.Action;
import java.util.Locale;
import java.util.Optional;

/** What a table of energies has a figure for. A constant's name is the figure's in YAML. */
public enum Price {
  /** A multiply-accumulate of 8-bit integers, in picojoules. */
  MAC_INT8_PJ(Action.MAC_INT8),
  /** A multiply-accumulate of 16-bit integers. */
  MAC_INT16_PJ(Action.MAC_INT16),
  /** A multiply-accumulate of bfloat16, summed in float32. */
  MAC_BFLOAT16_PJ(Action.MAC_BFLOAT16),
  /** A multiply-accumulate of float16, summed in float32. */
  MAC_FLOAT16_PJ(Action.MAC_FLOAT16),
  /** A multiply-accumulate of float32. */
  MAC_FLOAT32_PJ(Action.MAC_FLOAT32),
  /** A byte read from or written to a register. */
  REGISTER_BYTE_PJ(Action.REGISTER_BYTE),
  /** An elementwise operation. */
  VECTOR_OPERATION_PJ(Action.VECTOR_OPERATION),
  /** A byte of instructions written to the instruction memory and read. */
  INSTRUCTION_BYTE_PJ(Action.INSTRUCTION_BYTE),
  /** A byte from one PE to the next. */
  NETWORK_BYTE_HOP_PJ(Action.NETWORK_BYTE_HOP),
  /** A row opened and closed. */
  DRAM_ACTIVATE_PJ(Action.DRAM_ACTIVATE),
  /** A byte read from an open row, both ends of the bus. */
  DRAM_READ_BYTE_PJ(Action.DRAM_READ_BYTE),
  /** A byte written to an open row. */
  DRAM_WRITE_BYTE_PJ(Action.DRAM_WRITE_BYTE),
  /** A refresh of one channel's banks. */
  DRAM_REFRESH_PJ(Action.DRAM_REFRESH),
  /** A byte on the host link, the accelerator's end. */
  HOST_LINK_BYTE_PJ(Action.HOST_LINK_BYTE),
  /** On-chip memories: what their published energies are multiplied by. */
  SRAM_FACTOR,
  /** Leakage of the logic around one multiplier, in microwatts. */
  LEAKAGE_MAC_UW,
  /** Leakage of a MiB of on-chip memory, in milliwatts. */
  LEAKAGE_SRAM_MIB_MW,
  /** Clock of one multiplier with its registers, in picojoules a cycle. */
  CLOCK_MAC_PJ,
  /** Clock of one PE's other parts: control, ports, vector unit, in picojoules a cycle. */
  CLOCK_PE_PJ,
  /** What of the clock runs while the cores have nothing to do, as a share of 1. */
  CLOCK_IDLE_SHARE;

  private final Optional<Action> action;

  Price(Action action) {
    this.action = Optional.of(action);
  }

  Price() {
    this.action = Optional.empty();
  }

  /** What is paid for each time it is done; empty for other figures. */
  Optional<Action> action() {
    return action;
  }

  /** Its name in a table's YAML. */
  public String field() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Largest value that makes sense; larger ones are mistakes. */
  double most() {
    return switch (this) {
      case CLOCK_IDLE_SHARE -> 1;
      case SRAM_FACTOR -> 100;
      default -> 1e9;
    };
  }
}
