package dev.ppe.simulator.dram;

import java.util.Arrays;

/**
 * The banks of one channel and their row commands: activate, precharge, refresh. Rows are numbered
 * through all banks in the order of their addresses, so neighbours are in different banks.
 */
final class Banks {
  /** The row is not activated before the refresh. */
  static final long TOO_LATE = Long.MAX_VALUE;

  private final DramTiming.Row timing;
  private final int tRfc;
  private final Bank[] banks;
  private final ActivateWindow window;
  private final long[] counters;

  /** Counts into {@code counters}, at the places that {@link Counter} names. */
  Banks(DramTiming timing, long[] counters) {
    this.timing = timing.row();
    this.tRfc = timing.refresh().tRfc();
    this.banks = new Bank[timing.geometry().banksPerChannel()];
    Arrays.setAll(banks, i -> new Bank());
    this.counters = counters;
    this.window = new ActivateWindow(this.timing);
  }

  private Bank bankOf(long row) {
    return banks[(int) (row % banks.length)];
  }

  /** Whether neighbouring rows can be open at the same time. */
  boolean areSeveral() {
    return banks.length > 1;
  }

  /**
   * Has a row in its bank's buffer, by an activate where it is needed: all others are closed behind
   * their last burst.
   *
   * @param from the first cycle at which the controller thinks of it
   * @param due the next refresh, by which the row must have been closed again
   * @return when the row was activated, or {@link #TOO_LATE}
   */
  long open(long row, long from, long due) {
    Bank bank = bankOf(row);
    if (bank.holds(row)) {
      return bank.activated();
    }
    long activate = Math.max(Math.max(from, bank.earliestActivate()), window.earliest());
    if (activate + timing.tRas() + timing.tRp() > due) {
      return TOO_LATE;
    }
    bank.activate(row, activate, timing.tRas());
    window.add(activate);
    counters[Counter.ACTIVATES]++;
    return activate;
  }

  /** Reads and writes keep an open row open until {@code cycle}. */
  void keepOpenUntil(long cycle, long row) {
    bankOf(row).keepOpenUntil(cycle);
  }

  /** Closes a row as soon as it may be. */
  void close(long row) {
    Bank bank = bankOf(row);
    bank.closeUntil(bank.earliestPrecharge() + timing.tRp());
  }

  /**
   * Refreshes, after all rows have been closed in time.
   *
   * @return the cycle from which on the banks can be used again
   */
  long refresh(long due) {
    closeUntil(due + tRfc);
    return due + tRfc;
  }

  /** All banks are closed, and can be used from {@code cycle} on. */
  void closeUntil(long cycle) {
    for (Bank bank : banks) {
      bank.closeUntil(cycle);
    }
  }
}
