package dev.ppe.simulator.dram;

/**
 * How addresses are dealt to channels: each takes {@code interleaveBytes} in turn. What of a
 * contiguous range falls on one channel is therefore contiguous there, too.
 */
final class Interleaving {
  private final long stripeBytes;
  private final int interleaveBytes;

  Interleaving(DramTiming.Geometry geometry) {
    this.interleaveBytes = geometry.interleaveBytes();
    this.stripeBytes = (long) geometry.channels() * interleaveBytes;
  }

  /**
   * How many bytes with lower addresses {@code channel} holds: where in the channel a range starts,
   * or ends, that does so at {@code address}.
   */
  long below(long address, int channel) {
    long inStripe = address % stripeBytes - (long) channel * interleaveBytes;
    return address / stripeBytes * interleaveBytes + Math.clamp(inStripe, 0, interleaveBytes);
  }
}
