package dev.ppe.simulator.block;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.job.VectorWork;

/**
 * The vector unit of one PE: so many elements a cycle where operands follow each other in memory,
 * and fewer where each is taken from anywhere (interpolation, arg-max, transposition). Both go side
 * by side, beside the ports that bring operands and take results.
 *
 * @param elementsPerCycle elements computed
 * @param gatheredInFourCycles operands taken from anywhere in four cycles
 */
public record VectorUnit(int elementsPerCycle, int gatheredInFourCycles) {
  private static final int GATHER_CYCLES = 4;

  /** That of each PE of an accelerator. */
  public static VectorUnit of(Accelerator accelerator) {
    return new VectorUnit(
        accelerator.vectorUnit().elementsPerCycle(),
        accelerator.vectorUnit().gatheredInFourCycles());
  }

  /** How long it computes, once operands are there. */
  public long cycles(VectorWork work) {
    return Math.max(
        elementCycles(work.operations()),
        Math.ceilDiv(GATHER_CYCLES * work.gathered(), (long) gatheredInFourCycles));
  }

  /** How long it takes for so many elements of an operand that lies in order. */
  public long elementCycles(long elements) {
    return Math.ceilDiv(elements, (long) elementsPerCycle);
  }
}
