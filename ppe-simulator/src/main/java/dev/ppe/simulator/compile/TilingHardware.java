package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Grid;
import dev.ppe.simulator.hardware.Network;
import java.util.Optional;

/**
 * What of an accelerator a tiling depends on. Accelerators that differ in names, clocks, capacities
 * or anything outside the PEs have it in common, and so the tilings.
 *
 * @param grid the PEs
 * @param core the cores of one PE
 * @param readBytesPerCycle width of the port that feeds the cores and the vector unit
 * @param writeBytesPerCycle width of the port that takes results
 * @param lines how lines of weights reach the cores
 * @param elementsPerCycle what the vector unit computes
 * @param gatheredInFourCycles operands that it takes from anywhere in four cycles
 * @param network the links between PEs
 */
public record TilingHardware(
    Grid grid,
    Core core,
    int readBytesPerCycle,
    int writeBytesPerCycle,
    WeightLines lines,
    int elementsPerCycle,
    int gatheredInFourCycles,
    Optional<Network> network) {

  static TilingHardware of(Accelerator accelerator) {
    return new TilingHardware(
        accelerator.grid(),
        accelerator.core(),
        accelerator.peMemory().readBytesPerCycle(),
        accelerator.peMemory().writeBytesPerCycle(),
        WeightLines.of(accelerator.parameterMemory()),
        accelerator.vectorUnit().elementsPerCycle(),
        accelerator.vectorUnit().gatheredInFourCycles(),
        accelerator.network());
  }
}
