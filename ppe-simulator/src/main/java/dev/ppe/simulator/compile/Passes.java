package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.ParameterMemory;
import java.util.List;

/**
 * How a layer on the accelerator is worked through: so many passes over its weights, in each of
 * which the weights come in so many pieces; a part of the operands and results that are not on the
 * chip goes in and out with each pass, and the cores work through each piece tile by tile ({@link
 * Tiles}).
 *
 * @param passes over the weights: 1 where all operands fit (see {@link Blocks})
 * @param pieces of each pass. Parameters that are fetched under other work come in pieces of half
 *     the staging memory at most, that one may arrive while the other is used. Up to {@value
 *     #FINE_PIECES}, a piece is no more than a tile either, so that the cores begin early. Of a
 *     layer with more than {@value #MOST_STEPS} in all passes, one stands for several that follow
 *     each other, fetched and used in turn: their time differs by that of one at most
 * @param tiles that the cores work through in all (see {@link Tiles})
 * @param streamedBytes parameters that each pass fetches; 0 where they are on the chip
 * @param bytesIn operands that come from off the chip, in all passes together
 * @param bytesOut results that go off the chip, in all passes together
 * @param keptBytes what moves between one PE's memory and the parameter memory, in all passes
 *     together
 * @param keptCycles how long the cores wait, in all passes together, for operands that come from
 *     the parameter memory and results that go there
 * @param banks what the cores wait for banks of PE memory, in all passes together
 */
public record Passes(
    int passes,
    int pieces,
    long tiles,
    long streamedBytes,
    long bytesIn,
    long bytesOut,
    long keptBytes,
    long keptCycles,
    BankConflict banks) {
  private static final int FINE_PIECES = 64;
  private static final int MOST_STEPS = 4096;

  /** Where banks of PE memory are never waited for. */
  public Passes(
      int passes,
      int pieces,
      long tiles,
      long streamedBytes,
      long bytesIn,
      long bytesOut,
      long keptBytes,
      long keptCycles) {
    this(
        passes,
        pieces,
        tiles,
        streamedBytes,
        bytesIn,
        bytesOut,
        keptBytes,
        keptCycles,
        BankConflict.NONE);
  }

  /** Of a layer that the accelerator runs. */
  public static Passes of(Mapping mapping, int index) {
    Layer layer = mapping.layers().get(index);
    long streamed =
        mapping.memory().cached().get(index) ? 0 : mapping.memory().parameterBytes().get(index);
    int passes = Blocks.passes(mapping, index);
    Tiles tiles = Tiles.of(mapping, index);
    long kept = keptBytes(mapping, layer);
    long bytesIn = bytes(mapping, layer.inputs(), mapping.memory().offChip());
    long bytesOut = bytes(mapping, layer.outputs(), mapping.memory().offChip());
    return new Passes(
        passes,
        pieces(mapping.accelerator().parameterMemory(), streamed, tiles, passes),
        tiles.count(),
        streamed,
        bytesIn,
        bytesOut,
        kept,
        Math.ceilDiv(kept, mapping.accelerator().parameterMemory().bytesPerCycle()),
        banks(mapping, index, meanwhile(bytesIn, passes), meanwhile(bytesOut, passes)));
  }

  /** Nothing is under way when the first block comes, and when the last goes. */
  private static long meanwhile(long bytes, int passes) {
    return Math.multiplyExact(bytes, passes - 1L) / passes;
  }

  private static BankConflict banks(Mapping mapping, int index, long filled, long drained) {
    int pes = mapping.accelerator().grid().pes();
    return BankConflict.of(
        mapping.accelerator().peMemory(),
        mapping.tilings().get(index).orElseThrow(),
        Math.ceilDiv(filled, pes),
        Math.ceilDiv(drained, pes));
  }

  /** Pieces in all. */
  public int steps() {
    return passes * pieces;
  }

  private static int pieces(ParameterMemory memory, long streamed, Tiles tiles, int passes) {
    long halves = Math.ceilDiv(streamed, memory.stagingBytes() / 2);
    long fillings = Math.ceilDiv(tiles.fillings(), (long) passes);
    long fine = Math.clamp(Math.max(halves, fillings), 1, FINE_PIECES);
    long pieces = memory.prefetch() ? Math.max(fine, halves) : fine;
    return Math.clamp(pieces, 1, Math.max(1, MOST_STEPS / passes));
  }

  /**
   * The parameter memory lies with the PEs, and each moves its share over the way that its cores
   * have to parameters of their own.
   */
  private static long keptBytes(Mapping mapping, Layer layer) {
    List<Boolean> kept = mapping.memory().inParameterMemory();
    long bytes = bytes(mapping, layer.inputs(), kept) + bytes(mapping, layer.outputs(), kept);
    return Math.ceilDiv(bytes, mapping.accelerator().grid().pes());
  }

  private static long bytes(Mapping mapping, List<Integer> tensors, List<Boolean> which) {
    long bytes = 0;
    for (int tensor : tensors) {
      bytes += which.get(tensor) ? mapping.graph().tensor(tensor).bytes() : 0;
    }
    return bytes;
  }
}
