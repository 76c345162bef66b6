package dev.ppe.simulator.analytic;

/**
 * The two halves of the memory in which parameters wait for their use: the next piece comes to the
 * half that was used before the last.
 */
final class Staging {
  private Moment before = Moment.START;
  private Moment last = Moment.START;

  /** From when on the half is free that the next piece comes to. */
  Moment free() {
    return before;
  }

  /** From when on both are. */
  Moment allFree() {
    return before.or(last);
  }

  /** From when on that half is free to which the piece after the next comes. */
  Moment freeNext() {
    return last;
  }

  /** Two pieces more have been used up to these moments. */
  void used(Moment lastButOne, Moment lastOfAll) {
    before = lastButOne;
    last = lastOfAll;
  }
}
