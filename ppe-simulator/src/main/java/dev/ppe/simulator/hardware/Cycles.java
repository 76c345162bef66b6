package dev.ppe.simulator.hardware;

import java.math.BigInteger;

/** Exact conversions between time, rates and whole cycles, rounded up: no floating point. */
public final class Cycles {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Cycles() {}

  /**
   * Cycles until {@code amount} (bytes, operations) are done at {@code perSecond}.
   *
   * @throws ArithmeticException if they do not fit a {@code long}
   */
  public static long atRate(long amount, long perSecond, long clockHz) {
    // amount x clock may exceed 63 bits: split it so that only the remainder is multiplied.
    long whole = Math.multiplyExact(amount / perSecond, clockHz);
    long rest = amount % perSecond;
    long high = Math.multiplyHigh(rest, clockHz);
    long partial =
        high == 0 && rest * clockHz >= 0
            ? Math.ceilDiv(rest * clockHz, perSecond)
            : scaledDown(rest, perSecond, clockHz);
    return Math.addExact(whole, partial);
  }

  /** {@code rest x clock / rate} rounded up, for products beyond 63 bits. */
  private static long scaledDown(long rest, long perSecond, long clockHz) {
    return BigInteger.valueOf(rest)
        .multiply(BigInteger.valueOf(clockHz))
        .add(BigInteger.valueOf(perSecond - 1))
        .divide(BigInteger.valueOf(perSecond))
        .longValueExact();
  }

  /** Cycles that {@code nanos} nanoseconds take. */
  public static long ofNanos(long nanos, long clockHz) {
    return atRate(nanos, NANOS_PER_SECOND, clockHz);
  }

  /**
   * Cycles of what begins and ends so many nanoseconds after the same moment. Both are at clock
   * edges, so that parts of a time add up to the whole.
   */
  public static long between(long fromNanos, long toNanos, long clockHz) {
    return ofNanos(toNanos, clockHz) - ofNanos(fromNanos, clockHz);
  }

  /** Microseconds that {@code cycles} take. */
  public static double toMicros(long cycles, long clockHz) {
    return cycles * 1e6 / clockHz;
  }
}
