package dev.ppe.simulator;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Core.Dataflow;

/** Systolic arrays of 32 x 32 behind a DRAM, with memories and ports of an edge device. */
final class SystolicMachines {
  private SystolicMachines() {}

  /**
   * The machine.
   *
   * @param hides whether folds overlap, weights shift in while the array works, and parameters are
   *     fetched under earlier layers
   */
  static Accelerator withDram(Dataflow dataflow, boolean hides) {
    return AcceleratorBuilder.like("systolic-32x32-os")
        .core(new Core.Systolic(32, 32, dataflow, hides))
        .peMemoryBytes(512 << 10)
        .parameterMemory(0, 256 << 10)
        .parameterWidths(32, 32)
        .hiding(hides, hides)
        .withoutHostLink()
        .dram(16_000_000_000L, 100, "lpddr4-4266")
        .build();
  }
}
