package dev.ppe.simulator.analytic;

import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Transfers;

/**
 * The ways between the chip and the memory outside it.
 *
 * @param in the way in
 * @param out the way out: the same where one channel serves both
 * @param transfers how long they take
 */
record Channels(Resource in, Resource out, TransferTime transfers) {
  static Channels of(Transfers transfers) {
    return new Channels(
        transfers.memoryRoute(true), transfers.memoryRoute(false), new TransferTime(transfers));
  }

  boolean shared() {
    return in == out;
  }

  /** Cycles that {@code bytes} take in. */
  long in(long bytes) {
    return transfers.of(in, bytes, true);
  }

  /** Cycles of the first {@code count} of {@code parts} in which {@code bytes} come in. */
  long in(long bytes, int count, int parts) {
    return transfers.ofFirst(in, bytes, count, parts, true);
  }

  /** Cycles of the first {@code count} of {@code parts} in which {@code bytes} go out. */
  long out(long bytes, int count, int parts) {
    return transfers.ofFirst(out, bytes, count, parts, false);
  }
}
