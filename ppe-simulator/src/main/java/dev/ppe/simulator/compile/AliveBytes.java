package dev.ppe.simulator.compile;

/** How many bytes are needed at each step. */
final class AliveBytes {
  private final long[] change; // from the step before

  AliveBytes(int steps) {
    this.change = new long[steps + 1];
  }

  /** So many more from a step to another, both included. */
  void add(int first, int last, long bytes) {
    change[first] += bytes;
    change[last + 1] -= bytes;
  }

  /** The most at a step. */
  long most() {
    long alive = 0;
    long most = 0;
    for (long delta : change) {
      alive += delta;
      most = Math.max(most, alive);
    }
    return most;
  }
}
