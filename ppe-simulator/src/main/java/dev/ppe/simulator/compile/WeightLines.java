package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.ParameterMemory;

/**
 * How lines of weights reach the cores of one PE from the memory for parameters.
 *
 * @param bytesPerCycle width for parameters of its own
 * @param broadcastBytesPerCycle width for those that PEs share
 * @param overlap whether the next line arrives while the last one is used
 */
public record WeightLines(int bytesPerCycle, int broadcastBytesPerCycle, boolean overlap) {
  static WeightLines of(ParameterMemory memory) {
    return new WeightLines(
        memory.bytesPerCycle(), memory.broadcastBytesPerCycle(), memory.overlap());
  }
}
