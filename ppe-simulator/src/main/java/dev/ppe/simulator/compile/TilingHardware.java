package dev.ppe.simulator.compile;

import dev.ppe.simulator.block.ProcessingElement;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Grid;

/**
 * What of an accelerator a tiling depends on. Accelerators that differ in names, clocks, capacities
 * or anything outside the PEs have it in common, and so the tilings.
 *
 * @param grid the PEs
 * @param pe the blocks of each
 */
public record TilingHardware(Grid grid, ProcessingElement pe) {

  static TilingHardware of(Accelerator accelerator) {
    return new TilingHardware(accelerator.grid(), ProcessingElement.of(accelerator));
  }
}
