package dev.ppe.report.answer;

import java.util.List;
import java.util.Locale;

/**
 * Quantities for people: three significant digits, with the unit that keeps the number between 1
 * and 1000. The same text in every locale.
 */
public final class Units {
  /** From microseconds. */
  public static final Units TIME = new Units(1e-3, 1000, " ns", " us", " ms", " s");

  /** From microjoules. */
  public static final Units ENERGY = new Units(1e-3, 1000, " nJ", " uJ", " mJ", " J");

  /** From milliwatts. */
  public static final Units POWER = new Units(1e-3, 1000, " uW", " mW", " W", " kW");

  /** From bytes. */
  public static final Units BYTES = new Units(1, 1024, " B", " KiB", " MiB", " GiB", " TiB");

  /** From bytes per second. */
  public static final Units BANDWIDTH =
      new Units(1, 1000, " B/s", " kB/s", " MB/s", " GB/s", " TB/s");

  /** From cycles per second. */
  public static final Units FREQUENCY = new Units(1, 1000, " Hz", " kHz", " MHz", " GHz");

  /** From nothing but a number. */
  public static final Units COUNT = new Units(1, 1000, "", " k", " M", " G", " T", " P");

  /** Where rounding to three digits reaches the next power of ten. */
  private static final double ROUNDS_UP = 0.9995;

  private final double first;
  private final double base;
  private final List<String> suffixes;

  private Units(double first, double base, String... suffixes) {
    this.first = first;
    this.base = base;
    this.suffixes = List.of(suffixes);
  }

  /** For example {@code 1.04 ms}, {@code 142 KiB}, {@code 5.99 M}. */
  public String format(double value) {
    return format(value, value);
  }

  /** The same of a whole number. */
  public String format(long value) {
    return format((double) value);
  }

  /** The same in the unit that suits {@code largest}, so that a column has one unit. */
  public String format(double value, double largest) {
    int step = step(largest);
    double unit = first * Math.pow(base, step);
    return String.format(Locale.ROOT, "%." + decimals(value / unit, step) + "f", value / unit)
        + suffixes.get(step);
  }

  private int step(double value) {
    int step = 0;
    // Bytes stay whole up to 1023.
    double limit = base == 1000 ? base * ROUNDS_UP : base;
    while (step < suffixes.size() - 1 && Math.abs(value) >= limit * first * Math.pow(base, step)) {
      step++;
    }
    return step;
  }

  private int decimals(double scaled, int step) {
    boolean whole = step == 0 && first == 1;
    if (whole || scaled == 0 || Math.abs(scaled) >= 100 * ROUNDS_UP) {
      return 0;
    }
    return Math.abs(scaled) >= 10 * ROUNDS_UP ? 1 : 2;
  }

  /** A share of 1 as {@code 58 %}, {@code 8.9 %}. */
  public static String percent(double share) {
    double percent = share * 100;
    if (percent > 0 && percent < 0.05) {
      return "<0.1 %";
    }
    return String.format(Locale.ROOT, percent >= 9.95 ? "%.0f %%" : "%.1f %%", percent);
  }
}
