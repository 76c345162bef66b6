package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Accelerator;

/**
 * One PE: cores and vector unit, the ports of its memory, the memory that brings its cores weights,
 * and its links to the others. Cores, or the vector unit, and both ports work side by side, so that
 * the slowest decides; what the links bring, and lines of weights that nothing hides, come before.
 *
 * @param cores what multiplies and accumulates
 * @param vectorUnit what does the rest
 * @param ports of the PE memory
 * @param coreMemory weights of the cores
 * @param network links to other PEs
 */
public record ProcessingElement(
    Cores cores,
    VectorUnit vectorUnit,
    PeMemoryPorts ports,
    CoreMemory coreMemory,
    PeNetwork network) {

  /** That of which an accelerator has a grid. */
  public static ProcessingElement of(Accelerator accelerator) {
    PeMemoryPorts ports = PeMemoryPorts.of(accelerator.peMemory());
    CoreMemory memory = CoreMemory.of(accelerator.parameterMemory());
    return new ProcessingElement(
        Cores.of(accelerator.core(), ports, memory),
        VectorUnit.of(accelerator),
        ports,
        memory,
        PeNetwork.of(accelerator));
  }

  /**
   * Work once operands and weights are in place.
   *
   * @param busy cores or vector unit with what feeds them
   * @param reads the port that brings operands, with all that passes it
   * @param results the port that takes results
   */
  public static long sideBySide(long busy, long reads, long results) {
    return Math.max(Math.max(busy, results), reads);
  }
}
