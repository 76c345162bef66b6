package dev.ppe.simulator.dram;

import java.util.Arrays;

/** The last four activates of a channel, which bound the next one: tRRD and tFAW. */
final class ActivateWindow {
  private static final long LONG_AGO = -(1L << 40);

  private final int tRrd;
  private final int tFaw;
  private final long[] last = new long[4];
  private int oldest;

  ActivateWindow(DramTiming.Row row) {
    this.tRrd = row.tRrd();
    this.tFaw = row.tFaw();
    Arrays.fill(last, LONG_AGO);
  }

  /** The first cycle at which the channel may activate another row. */
  long earliest() {
    return Math.max(last[(oldest + 3) & 3] + tRrd, last[oldest] + tFaw);
  }

  void add(long cycle) {
    last[oldest] = cycle;
    oldest = (oldest + 1) & 3;
  }
}
