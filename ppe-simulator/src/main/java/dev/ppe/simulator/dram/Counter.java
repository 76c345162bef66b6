package dev.ppe.simulator.dram;

/** What a channel counts, as places in an array: what repeats itself is multiplied in one go. */
final class Counter {
  static final int ACTIVATES = 0;
  static final int READ_BURSTS = 1;
  static final int WRITE_BURSTS = 2;
  static final int DATA = 3;
  static final int TURNAROUND = 4;
  static final int REFRESH = 5;
  static final int ROW_MISS = 6;
  static final int COUNT = 7;

  private Counter() {}
}
