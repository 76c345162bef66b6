package dev.ppe.simulator.reference;

/** What a systolic array did. */
public final class SystolicRun {
  private final long cycles;
  private final long[][][] sums;
  private final long activationBytes;
  private final long weightBytes;

  /**
   * As it is written down.
   *
   * @param cycles from the edge that took in the first operands to the one that added the last
   *     product; at least until the near corner can take in the next layer's
   * @param sums by group, row and column
   * @param activationBytes brought by the activation port, padding of narrow folds included
   * @param weightBytes brought by the weight port, padding included
   */
  SystolicRun(long cycles, long[][][] sums, long activationBytes, long weightBytes) {
    this.cycles = cycles;
    this.sums = sums;
    this.activationBytes = activationBytes;
    this.weightBytes = weightBytes;
  }

  public long cycles() {
    return cycles;
  }

  public long[][][] sums() {
    return sums;
  }

  public long activationBytes() {
    return activationBytes;
  }

  public long weightBytes() {
    return weightBytes;
  }
}
