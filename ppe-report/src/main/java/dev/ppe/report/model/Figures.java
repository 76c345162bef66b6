package dev.ppe.report.model;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as pages need them: six significant digits, written as short as they can be. */
final class Figures {
  private static final MathContext DIGITS = new MathContext(6);
  private static final double MOST_EXACT = 1L << 53;

  private Figures() {}

  /** The number for JSON; whole ones without a point, and 0 for what JSON cannot hold. */
  static Number rounded(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return 0;
    }
    double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
    if (rounded == Math.rint(rounded) && Math.abs(rounded) < MOST_EXACT) {
      return (long) rounded;
    }
    return rounded;
  }
}
