package dev.ppe.simulator.dram;

import java.util.Arrays;

/**
 * The banks of one channel and their row commands: precharge, activate, refresh. Rows are numbered
 * through all banks in the order of their addresses, so neighbours are in different banks.
 */
final class Banks {
  /** The row is not activated before the deadline. */
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
   * Has a row in its bank's buffer, by a precharge and an activate where they are needed.
   *
   * @param from the first cycle at which the controller thinks of it
   * @param deadline no command is given at or after this cycle
   * @return when the row was activated, or {@link #TOO_LATE}
   */
  long open(long row, long from, long deadline) {
    Bank bank = bankOf(row);
    if (bank.holds(row)) {
      return bank.activated();
    }
    if (bank.isOpen()) {
      long precharge = Math.max(from, bank.earliestPrecharge());
      if (precharge >= deadline) {
        return TOO_LATE;
      }
      bank.closeUntil(precharge + timing.tRp());
    }
    long activate = Math.max(Math.max(from, bank.earliestActivate()), window.earliest());
    if (activate >= deadline) {
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

  /**
   * Closes all open rows at once, as soon as the last of them may be, and refreshes.
   *
   * @param due the first cycle of all that
   * @return the cycle from which on the banks can be used again
   */
  long refresh(long due) {
    long precharge = due;
    long refresh = due;
    boolean open = false;
    for (Bank bank : banks) {
      if (bank.isOpen()) {
        open = true;
        precharge = Math.max(precharge, bank.earliestPrecharge());
      } else {
        refresh = Math.max(refresh, bank.earliestActivate());
      }
    }
    if (open) {
      refresh = Math.max(refresh, precharge + timing.tRp());
    }
    closeUntil(refresh + tRfc);
    return refresh + tRfc;
  }

  /** All banks are closed, and can be used from {@code cycle} on. */
  void closeUntil(long cycle) {
    for (Bank bank : banks) {
      bank.closeUntil(cycle);
    }
  }
}
