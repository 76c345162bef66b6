package dev.ppe.nas.topology;

/** Shares of channels as TuNAS and MobileDet round them. */
final class Shares {
  private Shares() {}

  /** In multiples of 8, one at least; halves are rounded up. */
  static int of(int channels, double share) {
    return Math.max(8, 8 * (int) Math.floor(channels * share / 8 + 0.5));
  }
}
