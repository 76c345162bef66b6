package dev.ppe.simulator.analytic;

/**
 * Parameters, or a second factor, that come in pieces through a memory for two of them while the
 * cores work. Piece k is there at T(k) and used at C(k); it takes {@code t} to come and {@code c}
 * to be used:
 *
 * <pre>
 * T(k) = max(T(k-1), C(k-2)) + t          C(k) = max(C(k-1), T(k)) + c
 * </pre>
 *
 * <p>The first two depend on what was there before. From then on the longest path is one of three,
 * since it pays to stay with the slower of the two:
 *
 * <pre>
 * C(k) = max( C(2) + (k-2) c,             the cores never wait again
 *             T(3) + (k-2) c,             they wait for the third piece, then never
 *             T(3) + (k-3) t + c )        they wait for every piece
 * </pre>
 */
final class PrefetchedPieces {
  private final ArrayWork work;
  private final Way way;
  private final int pieces;
  private final Moment firstUsed;
  private final Moment secondUsed;
  private final Moment thirdThere;
  private final Moment lastThere;
  private final long startCycle;

  /** How pieces come. */
  interface Way {
    /** When the first {@code to} are there, if the first {@code from} are at {@code start}. */
    Moment fetched(Moment start, int from, int to);
  }

  /**
   * The pieces of the first pass over a layer's weights.
   *
   * @param way how they come
   * @param pieces how many there are
   * @param begun when the first may come at the earliest, but for channel and memory
   * @param operands when the rest is there that the cores need, cores included
   */
  PrefetchedPieces(
      ArrayWork work, Way way, int pieces, Staging staging, Moment begun, Moment operands) {
    this.work = work;
    this.way = way;
    this.pieces = pieces;
    Moment start = begun.or(staging.free());
    Moment firstThere = fetched(start, 0, 1);
    startCycle = start.cycle();
    firstUsed = work.then(operands.or(firstThere), 0, 1);
    Moment secondThere = pieces < 2 ? firstThere : fetched(firstThere.or(staging.freeNext()), 1, 2);
    secondUsed = pieces < 2 ? firstUsed : work.then(firstUsed.or(secondThere), 1, 2);
    thirdThere = pieces < 3 ? secondThere : fetched(secondThere.or(firstUsed), 2, 3);
    lastThere =
        pieces < 4
            ? thirdThere
            : fetched(thirdThere, 3, pieces).or(fetched(used(pieces - 2), pieces - 1, pieces));
  }

  /** When the first begins to come. */
  long startCycle() {
    return startCycle;
  }

  /** When the last is there. */
  Moment lastThere() {
    return lastThere;
  }

  /** When the first is used. */
  Moment firstUsed() {
    return firstUsed;
  }

  /** When all are used. */
  Moment allUsed() {
    return used(pieces);
  }

  /** The halves of the memory, after all of these and nothing else. */
  void leave(Staging staging) {
    staging.used(pieces < 2 ? staging.freeNext() : used(pieces - 1), used(pieces));
  }

  /** When the first {@code count} are used. */
  private Moment used(int count) {
    return switch (count) {
      case 1 -> firstUsed;
      case 2 -> secondUsed;
      default ->
          work.then(secondUsed.or(thirdThere), 2, count)
              .or(work.then(fetched(thirdThere, 3, count), count - 1, count));
    };
  }

  private Moment fetched(Moment start, int from, int to) {
    return way.fetched(start, from, to);
  }
}
