package dev.ppe.simulator.dram;

import java.math.BigInteger;

/**
 * Cycles of one clock as cycles of another, exactly: {@code cycles x numerator / denominator}.
 *
 * @param numerator the other clock's frequency, divided by what the two have in common
 * @param denominator this clock's, likewise
 */
record ClockRatio(long numerator, long denominator) {

  static ClockRatio of(long fromHz, long toHz) {
    long common = BigInteger.valueOf(fromHz).gcd(BigInteger.valueOf(toHz)).longValueExact();
    return new ClockRatio(toHz / common, fromHz / common);
  }

  /**
   * The first edge of the other clock at or after {@code cycles}.
   *
   * @throws ArithmeticException if it does not fit a {@code long}
   */
  long roundUp(long cycles) {
    return Math.addExact(whole(cycles), rest(cycles, denominator - 1));
  }

  /** The last edge of the other clock at or before {@code cycles}. */
  long roundDown(long cycles) {
    return Math.addExact(whole(cycles), rest(cycles, 0));
  }

  private long whole(long cycles) {
    return Math.multiplyExact(cycles / denominator, numerator);
  }

  /** What {@code cycles} have above a multiple of the denominator, with {@code carry} added. */
  private long rest(long cycles, long carry) {
    long rest = cycles % denominator;
    if (rest <= (Long.MAX_VALUE - carry) / numerator) { // so it is for clocks in whole kHz
      return (rest * numerator + carry) / denominator;
    }
    return BigInteger.valueOf(rest)
        .multiply(BigInteger.valueOf(numerator))
        .add(BigInteger.valueOf(carry))
        .divide(BigInteger.valueOf(denominator))
        .longValueExact();
  }
}
