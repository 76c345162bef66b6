package dev.ppe.simulator.analytic;

import dev.ppe.simulator.compile.Passes;

/**
 * The passes after the first of a layer whose operands do not fit. In each a block comes in (F), is
 * exchanged (X), its weights come (P), the cores work (C), and results go out (S):
 *
 * <pre>
 * F(k) -> X(k) -> C(k) -> S(k)     a block's way
 * C(k-2) -> F(k)                   blocks lie in a memory for two
 * S(k-2) -> C(k)                   and so do results
 * C(k-1) -> P(k) -> C(k)           parameters that are not prefetched come in between
 * </pre>
 *
 * <p>Each engine keeps the order F(1) S(0) P(1) F(2) S(1) P(2) and so on; where one channel serves
 * both ways, S is in it too. Passes are equal, so the longest path over all of them is one through
 * the first pass, then one circuit of that graph over and over, then what is left of the last pass.
 * The model takes the longest of those below; a circuit that spans two passes counts for every
 * second one.
 */
final class LaterPasses {
  private final PassWork work;
  private final Passes passes;
  private final boolean prefetch;
  private final FirstPass first;

  /** Passes after the first. */
  private final int later;

  /**
   * When the parts of the first pass ended.
   *
   * @param fetched its operands were there; the start if none come
   * @param exchanged the PEs had exchanged them
   * @param staged the last of its parameters were there; {@code exchanged} if none come
   * @param begun the cores were done with the first piece of it
   * @param computed the cores were done
   * @param out its results could go out: the cores were done, and the way free
   */
  record FirstPass(
      Moment fetched, Moment exchanged, Moment staged, Moment begun, Moment computed, Moment out) {
    /** Where parameters come in the first pass alone: the next operands come after them. */
    FirstPass afterParameters() {
      return new FirstPass(fetched.or(staged), exchanged, staged, begun, computed, out);
    }
  }

  LaterPasses(PassWork work, boolean prefetch, FirstPass first) {
    this.work = work;
    this.passes = work.passes();
    this.prefetch = prefetch;
    this.first = first;
    this.later = work.later();
  }

  /** When the cores are done with the last pass. */
  Moment computed() {
    Moment sides = cores().or(network()).or(roomForResults());
    boolean streams = passes.streamedBytes() > 0;
    if (streams && !prefetch) {
      return sides.or(parametersInTurn());
    }
    Moment done = sides.or(operands()).or(everySecondPass());
    return streams ? done.or(pieces()).or(piecesAfterResults()).or(operandsAfterPieces()) : done;
  }

  /** C C C: the cores never wait. */
  private Moment cores() {
    return work.lastPasses(first.computed(), later);
  }

  /** X X X C: the network never waits. */
  private Moment network() {
    return work.exchangesNothing()
        ? Moment.START
        : work.lastPasses(work.exchange(first.exchanged(), later), 1)
            .or(work.lastSteps(work.wholeExchange(first.exchanged(), later), 1));
  }

  /** C S S S C: results go out slower than they are made. */
  private Moment roomForResults() {
    if (passes.bytesOut() == 0 || later < 2) {
      return Moment.START;
    }
    Moment room = work.store(first.out(), later - 1);
    return work.lastPasses(prefetch ? room : work.parameters(room, 1), 1);
  }

  /** F S F S F X C: the channel never waits. */
  private Moment operands() {
    if (!work.fetches()) {
      return Moment.START;
    }
    Moment last = work.storeBetween(work.fetch(first.fetched(), later), later - 1);
    return work.lastPasses(work.exchange(last, 1), 1);
  }

  /** C S F X C S F X C, two passes a round: blocks have no room before. */
  private Moment everySecondPass() {
    int rounds = later / 2;
    Moment last = work.fetch(first.computed(), rounds);
    return work.lastPasses(
        work.exchange(work.storeBetween(last, rounds), rounds), rounds + later % 2);
  }

  /** The channel never waits; or P C S P C S; or P F X P F X P C. */
  private Moment parametersInTurn() {
    Moment channel = work.storeBetween(work.fetch(first.staged(), later), later);
    Moment afterCores = work.parameters(work.storeBetween(first.out(), later), later);
    Moment afterOperands =
        work.exchange(work.parameters(work.fetch(first.staged(), later), later), later);
    return work.lastPasses(work.parameters(channel, later), 1)
        .or(work.lastPasses(afterCores, later))
        .or(work.lastPasses(afterOperands, 1));
  }

  /** All pieces, and operands and results between them: the channel never waits. */
  private Moment pieces() {
    Moment channel = work.storeBetween(work.fetch(first.staged(), later), later);
    return work.lastSteps(work.pieces(channel, later), 1);
  }

  /** C S P C S P C on one channel: a pass's pieces come when the results before are out. */
  private Moment piecesAfterResults() {
    if (!work.channels().shared() || passes.bytesOut() == 0) {
      return Moment.START;
    }
    Moment stored = work.store(first.out(), later);
    return work.lastPasses(work.onePiece(stored, later), later)
        .or(work.lastSteps(work.pieces(stored, later), later));
  }

  /**
   * The last piece of a pass waits for the last but two of its uses, the next operands for that
   * piece, and the cores for these, or on one channel for the piece after the results that follow
   * them. With two pieces that is a round of two passes.
   */
  private Moment operandsAfterPieces() {
    int pieces = passes.pieces();
    if (!work.fetches() || pieces < 2) {
      return Moment.START;
    }
    int rounds = pieces == 2 ? later / 2 : later;
    int steps = pieces == 2 ? (rounds + later % 2) * 2 : later * (pieces - 2) + pieces - 1;
    Moment start = pieces == 2 ? first.computed() : first.begun();
    Moment fetched = work.fetch(work.onePiece(start, rounds), rounds);
    Moment overNetwork = work.lastSteps(work.exchange(fetched, rounds), steps);
    return work.channels().shared()
        ? overNetwork.or(work.lastSteps(work.onePiece(work.store(fetched, rounds), rounds), steps))
        : overNetwork;
  }

  /** When all results are out, of which the last follow {@code computed}. */
  Moment stored(Moment computed) {
    Moment before = work.store(first.out(), later);
    Moment between =
        !work.fetches()
            ? Moment.START
            : work.storeBetween(work.fetch(first.fetched(), later), later);
    return work.storeLast(computed.or(before).or(between));
  }

  /** Up to when the way in is busy, at the least. */
  Moment wayIn() {
    if (passes.streamedBytes() == 0) {
      return work.fetch(first.fetched(), later);
    }
    Moment fetched = work.fetch(first.staged(), later);
    return prefetch ? work.pieces(fetched, later) : work.parameters(fetched, later);
  }

  /** Up to when the network is busy, at the least. */
  Moment wayBetween() {
    return work.wholeExchange(first.exchanged(), later);
  }
}
