package dev.ppe.simulator.compile;

import dev.ppe.simulator.job.LoopOrder;

/**
 * How a layer on the accelerator is worked through: in so many rounds, each with weights of its own
 * ({@link StreamOrder}), and in each round in so many passes, each with a part of the operands and
 * results that are not on the chip. What comes for the cores comes in pieces, which they work
 * through tile by tile ({@link Tiles}).
 *
 * @param order what is outside and what inside
 * @param rounds over the operands: 1 but where weights are outside
 * @param passes over a round's weights: 1 where all operands fit (see {@link Blocks})
 * @param pieces of each pass: 1 where no parameters are fetched under other work. Else they come as
 *     the lanes take them, in {@value #FINE_PIECES} pieces at most, and those that do not stay in
 *     pieces of half the staging memory at most, that one may arrive while the other is used. Of a
 *     layer with more than {@value #MOST_STEPS} in all passes, one stands for several that follow
 *     each other, fetched and used in turn: their time differs by that of one at most. A second
 *     factor that is an activation comes in pieces of its own number
 * @param tiles that the cores work through in all (see {@link Tiles})
 * @param streamedBytes parameters that each inference fetches; 0 where they are on the chip
 * @param bytesIn operands that come from off the chip, in all passes of a round together
 * @param bytesOut results that go off the chip, in all rounds together
 * @param exchanges rounds in which PEs take operands from each other: those in which they come anew
 * @param second how a second factor comes that is an activation
 * @param kept what moves between PE memory and parameter memory
 * @param banks what the cores wait for banks of PE memory
 */
public record Passes(
    LoopOrder order,
    int rounds,
    int passes,
    int pieces,
    long tiles,
    long streamedBytes,
    long bytesIn,
    long bytesOut,
    int exchanges,
    Second second,
    Kept kept,
    BankConflict banks) {
  static final int FINE_PIECES = 64;
  static final int MOST_STEPS = 4096;

  /**
   * A second factor that is an activation.
   *
   * @param times how often it comes to the core memories: in the first pass, if they hold all that
   *     a PE needs of it, else in each
   * @param bytesIn what comes of it from off the chip each time
   */
  public record Second(int times, long bytesIn) {
    /** All second factors are weights. */
    public static final Second NONE = new Second(1, 0);
  }

  /**
   * Operands that come from the parameter memory, and results that go there.
   *
   * @param bytes of one PE, in all
   * @param cycles how long the cores wait for them
   */
  public record Kept(long bytes, long cycles) {
    /** Nothing moves. */
    public static final Kept NONE = new Kept(0, 0);
  }

  /** Weights inside, and no second factor. */
  public Passes(
      int passes, int pieces, long tiles, long streamedBytes, long bytesIn, long bytesOut) {
    this(
        LoopOrder.ACTIVATIONS_OUTER,
        1,
        passes,
        pieces,
        tiles,
        streamedBytes,
        bytesIn,
        bytesOut,
        1,
        Second.NONE,
        Kept.NONE,
        BankConflict.NONE);
  }

  /**
   * One of several rounds: its share of parameters and results, and operands as they come in it.
   */
  public Passes round(int round) {
    return rounds == 1
        ? this
        : new Passes(
            order,
            1,
            passes,
            pieces,
            tiles,
            ProgramBuilder.part(streamedBytes, round, rounds),
            bytesIn,
            ProgramBuilder.part(bytesOut, round, rounds),
            round < exchanges ? 1 : 0,
            second,
            kept,
            banks);
  }

  /** The same without parameters. */
  public Passes withoutParameters() {
    return new Passes(
        order, rounds, passes, pieces, tiles, 0, bytesIn, bytesOut, exchanges, second, kept, banks);
  }

  /** Passes in all rounds. */
  public int turns() {
    return rounds * passes;
  }

  /** Pieces in all. */
  public int steps() {
    return turns() * pieces;
  }

  /** Whether parameters come in a pass: in each, or in the first of a round. */
  public boolean streamsIn(int pass) {
    return streamedBytes > 0 && (order == LoopOrder.ACTIVATIONS_OUTER || pass == 0);
  }

  /** Parameters that come in all. */
  public long parameterBytes() {
    return order == LoopOrder.ACTIVATIONS_OUTER
        ? Math.multiplyExact(streamedBytes, passes)
        : streamedBytes;
  }

  /** Operands that come from off the chip in all, each as often as it does. */
  public long operandBytes() {
    return rounds * bytesIn + second.times() * second.bytesIn();
  }

  /** How long the cores are held. */
  public long coreCycles(Tiling tiling) {
    return kept.cycles() + tiling.coreCycles(second.times()) + banks.cycles();
  }

  /** How long the network is. */
  public long networkCycles(Tiling tiling) {
    return exchanges * tiling.haloCycles() + second.times() * tiling.loading().networkCycles();
  }

  /** Bytes between PEs. */
  public long networkBytes(Tiling tiling) {
    long factor = tiling.loading().networkBytes();
    return exchanges * (tiling.networkBytes() - factor) + second.times() * factor;
  }
}
