package dev.ppe.simulator.dram;

/** One bank: which row is in its buffer, and from when on it takes its next row command. */
final class Bank {
  private static final long CLOSED = -1;

  private long row = CLOSED;
  private long activated;
  private long earliestActivate;
  private long earliestPrecharge;

  boolean holds(long wanted) {
    return row == wanted;
  }

  /** When the open row was activated. */
  long activated() {
    return activated;
  }

  long earliestActivate() {
    return earliestActivate;
  }

  long earliestPrecharge() {
    return earliestPrecharge;
  }

  void activate(long row, long cycle, int tRas) {
    this.row = row;
    activated = cycle;
    earliestPrecharge = cycle + tRas;
  }

  /** Reads and writes keep the row open until {@code cycle}. */
  void keepOpenUntil(long cycle) {
    earliestPrecharge = Math.max(earliestPrecharge, cycle);
  }

  /** Closes the row; the next may be activated from {@code cycle} on. */
  void closeUntil(long cycle) {
    row = CLOSED;
    earliestActivate = cycle;
  }
}
