package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.job.MatrixTile;

/**
 * What multiplies and accumulates in one PE, with the ports of the PE memory and the core memory
 * that feed it.
 */
public sealed interface Cores permits SimdCore, SystolicArray {

  /** Those that a description is of. */
  static Cores of(Core core, PeMemoryPorts ports, CoreMemory memory) {
    return switch (core) {
      case Core.Simd simd -> new SimdCore(simd, ports, memory);
      case Core.Systolic systolic -> new SystolicArray(systolic, ports, memory);
    };
  }

  /** How long a tile takes, and what it moves. */
  MatrixTime time(MatrixTile tile);
}
