package dev.ppe.simulator.compile;

import java.util.List;

/**
 * How a layer on the accelerator is worked through: so many passes over its weights, in each of
 * which the weights come in so many pieces; a part of the operands and results that are not on the
 * chip goes in and out with each pass.
 *
 * @param passes over the weights: 1 where all operands fit (see {@link Blocks})
 * @param pieces of each pass: each fits the core memories, and half of the staging memory, that one
 *     may arrive while the other is used; but no more than {@link Blocks#MAX_PASSES}, so that those
 *     of large layers fit neither
 * @param streamedBytes parameters that each pass fetches; 0 where they are on the chip
 * @param bytesIn operands that come from off the chip, in all passes together
 * @param bytesOut results that go off the chip, in all passes together
 */
public record Passes(int passes, int pieces, long streamedBytes, long bytesIn, long bytesOut) {

  /** Of a layer that the accelerator runs. */
  public static Passes of(Mapping mapping, int index) {
    Layer layer = mapping.layers().get(index);
    Tiling tiling = mapping.tilings().get(index).orElseThrow();
    long streamed =
        mapping.memory().cached().get(index) ? 0 : mapping.memory().parameterBytes().get(index);
    return new Passes(
        Blocks.passes(mapping, index),
        pieces(mapping, streamed, tiling),
        streamed,
        offChipBytes(mapping, layer.inputs()),
        offChipBytes(mapping, layer.outputs()));
  }

  /** Pieces in all. */
  public int steps() {
    return passes * pieces;
  }

  private static int pieces(Mapping mapping, long streamedBytes, Tiling tiling) {
    long staging = mapping.accelerator().parameterMemory().stagingBytes();
    long coreMemories = Math.ceilDiv(staging, mapping.accelerator().grid().pes());
    long linesOfOnePe = tiling.parameterReadBytes() / tiling.split().parts();
    long pieces =
        Math.max(
            Math.ceilDiv(streamedBytes, staging / 2), Math.ceilDiv(linesOfOnePe, coreMemories));
    return Math.clamp(pieces, 1, Blocks.MAX_PASSES);
  }

  private static long offChipBytes(Mapping mapping, List<Integer> tensors) {
    long bytes = 0;
    for (int tensor : tensors) {
      bytes += mapping.memory().offChip().get(tensor) ? mapping.graph().tensor(tensor).bytes() : 0;
    }
    return bytes;
  }
}
