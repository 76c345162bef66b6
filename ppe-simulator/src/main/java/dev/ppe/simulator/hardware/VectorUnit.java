package dev.ppe.simulator.hardware;

/**
 * Elementwise work, per PE.
 *
 * @param elementsPerCycle elements computed where operands follow each other in memory
 * @param gatheredInFourCycles operands taken from anywhere in four cycles: interpolation, arg-max,
 *     transposition
 * @param residualAdd whether it adds another operand to what the cores give on its way to PE
 *     memory, or additions are layers of their own
 * @param matrixSoftmax whether the sums of a softmax are made on the cores, by stored matrices
 */
public record VectorUnit(
    int elementsPerCycle, int gatheredInFourCycles, boolean residualAdd, boolean matrixSoftmax) {
  /** A vector unit that makes a softmax by itself. */
  public VectorUnit(int elementsPerCycle, int gatheredInFourCycles, boolean residualAdd) {
    this(elementsPerCycle, gatheredInFourCycles, residualAdd, false);
  }

  public VectorUnit {
    Check.range("vector_unit.elements_per_cycle", elementsPerCycle, 1, 65_536);
    Check.range("vector_unit.gathered_in_four_cycles", gatheredInFourCycles, 1, 65_536);
  }
}
