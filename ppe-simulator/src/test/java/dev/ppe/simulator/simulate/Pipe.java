package dev.ppe.simulator.simulate;

/** Something of which so much passes in a cycle: a port, a link, a vector unit. */
final class Pipe {
  private final long width;
  private long missing;

  Pipe(long width) {
    this.width = width;
  }

  /** The next load, once the last one has passed. */
  void begin(long amount) {
    if (missing > 0) {
      throw new IllegalStateException("the load before is still on its way");
    }
    missing = amount;
  }

  void tick() {
    missing = Math.max(0, missing - width);
  }

  boolean isIdle() {
    return missing == 0;
  }

  /** Ticks until all of them are idle. */
  static long together(Pipe... pipes) {
    long cycles = 0;
    for (; !areIdle(pipes); cycles++) {
      for (Pipe pipe : pipes) {
        pipe.tick();
      }
    }
    return cycles;
  }

  private static boolean areIdle(Pipe... pipes) {
    for (Pipe pipe : pipes) {
      if (!pipe.isIdle()) {
        return false;
      }
    }
    return true;
  }
}
