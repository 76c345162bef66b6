package dev.ppe.client.report.calibration;

import dev.ppe.report.answer.Units;
import dev.ppe.simulator.calibration.Parameter;
import dev.ppe.simulator.calibration.Quantity;
import java.util.Locale;

/** Figures of calibrations for people, none of them longer than a column. */
public final class Figures {
  private static final double THOUSAND = 1e3;
  private static final double MANY_TIMES = 9.995;
  private static final double ONE_DECIMAL = 0.0995;

  private Figures() {}

  /** What was measured or predicted, from the quantity's unit. */
  public static String of(Quantity quantity, double value) {
    return switch (quantity) {
      case LATENCY -> Units.TIME.format(value * THOUSAND);
      case ENERGY -> Units.ENERGY.format(value * THOUSAND);
    };
  }

  /** A constant. */
  static String of(Parameter parameter, long value) {
    return switch (parameter.kind()) {
      case DURATION -> Units.TIME.format(value / THOUSAND);
      case RATE -> Units.BANDWIDTH.format(value);
      case CLOCK -> Units.FREQUENCY.format(value);
      case FACTOR -> format("%.3f x", value / THOUSAND);
    };
  }

  /** A relative error with its sign; how many times as much where it is that. */
  static String signed(double share) {
    if (share >= MANY_TIMES) {
      return format("%.3g x", 1 + share);
    }
    return format(Math.abs(share) < ONE_DECIMAL ? "%+.1f %%" : "%+.0f %%", 100 * share);
  }

  /** A mean error; how many times as much where it is that. */
  static String unsigned(double share) {
    return share >= MANY_TIMES ? format("%.3g x", share) : format("%.1f %%", 100 * share);
  }

  static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
