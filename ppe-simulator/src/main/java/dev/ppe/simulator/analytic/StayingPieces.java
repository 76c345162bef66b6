package dev.ppe.simulator.analytic;

/**
 * Parameters that come in pieces while the cores work, to a memory with room for all of them, where
 * they stay. Piece k is there at T(k) and used at C(k); it takes {@code t} to come and {@code c} to
 * be used:
 *
 * <pre>
 * T(k) = T(k-1) + t          C(k) = max(C(k-1), T(k)) + c
 * C(n) = max( C(1) + (n-1) c,  T(n) + c )
 * </pre>
 *
 * <p>since it pays to stay with the slower of coming and using from the first piece to the last.
 *
 * @param firstUsed C(1)
 * @param lastThere T(n)
 * @param allUsed C(n)
 */
record StayingPieces(Moment firstUsed, Moment lastThere, Moment allUsed) {

  /**
   * Of the first pass of a round.
   *
   * @param way how they come
   * @param pieces how many there are
   * @param start when the first begins to come
   * @param operands when the rest is there that the cores need, cores included
   */
  static StayingPieces of(
      ArrayWork work, PrefetchedPieces.Way way, int pieces, Moment start, Moment operands) {
    Moment first = operands.or(way.fetched(start, 0, 1));
    Moment last = way.fetched(start, 0, pieces);
    return new StayingPieces(
        work.then(first, 0, 1),
        last,
        work.then(first, 0, pieces).or(work.then(last, pieces - 1, pieces)));
  }
}
