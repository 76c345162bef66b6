package dev.ppe.wire;

import dev.ppe.simulator.hardware.Core.Dataflow;
import dev.ppe.simulator.hardware.Grid.Split;
import dev.ppe.simulator.hardware.PeMemory.Overflow;

/** The enums of an accelerator's description. */
final class AcceleratorEnums {
  static final EnumCodec<Split, dev.ppe.v1.Accelerator.Split> SPLIT =
      new EnumCodec<>(Split.class, dev.ppe.v1.Accelerator.Split.class, "SPLIT_");
  static final EnumCodec<Overflow, dev.ppe.v1.Accelerator.Overflow> OVERFLOW =
      new EnumCodec<>(Overflow.class, dev.ppe.v1.Accelerator.Overflow.class, "OVERFLOW_");
  static final EnumCodec<Dataflow, dev.ppe.v1.Accelerator.Dataflow> DATAFLOW =
      new EnumCodec<>(Dataflow.class, dev.ppe.v1.Accelerator.Dataflow.class, "DATAFLOW_");

  private AcceleratorEnums() {}
}
