package dev.ppe.simulator.hardware;

/**
 * Bytes of instructions that the host sends.
 *
 * @param base for a program
 * @param perLayer for each layer; for each step of a recurrent one
 * @param perRow for each output row of a PE's tile: loops over rows are unrolled
 * @param perBlock for each block of output channels
 * @param perUneven for each layer with weights whose PEs do not have equal tiles, and so need loops
 *     of their own
 * @param perPart for each PE that takes channels of its own of a single position
 * @param perSoftmax for each class of a softmax whose sums are made on the cores
 */
public record Instructions(
    int base, int perLayer, int perRow, int perBlock, int perUneven, int perPart, int perSoftmax) {
  /** Those that do not depend on how a layer is shared out. */
  public Instructions(int base, int perLayer, int perRow, int perBlock) {
    this(base, perLayer, perRow, perBlock, 0, 0, 0);
  }

  public Instructions {
    Check.range("invocation.instructions.base", base, 0, 1 << 20);
    Check.range("invocation.instructions.per_layer", perLayer, 0, 1 << 20);
    Check.range("invocation.instructions.per_row", perRow, 0, 1 << 20);
    Check.range("invocation.instructions.per_block", perBlock, 0, 1 << 20);
    Check.range("invocation.instructions.per_uneven", perUneven, 0, 1 << 20);
    Check.range("invocation.instructions.per_part", perPart, 0, 1 << 20);
    Check.range("invocation.instructions.per_softmax", perSoftmax, 0, 1 << 20);
  }
}
