package dev.ppe.nas.block;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A logarithmic axis of a chart, in whole factors of ten.
 *
 * @param low its exponent of ten at {@code from}
 * @param high its exponent of ten at {@code to}
 */
record LogAxis(double low, double high, double from, double to) {
  private static final double ROOM = 0.05;

  /** An axis that holds these figures; those that are not above 0 do not count. */
  static LogAxis over(DoubleStream figures, double from, double to) {
    DoubleSummaryStatistics range =
        figures.filter(figure -> figure > 0).map(Math::log10).summaryStatistics();
    return range.getCount() == 0
        ? new LogAxis(0, 1, from, to)
        : new LogAxis(range.getMin() - ROOM, range.getMax() + ROOM, from, to);
  }

  double place(double figure) {
    double exponent = figure > 0 ? Math.log10(figure) : low;
    return from + (exponent - low) / (high - low) * (to - from);
  }

  /** 1, 2 and 5 times the powers of ten that lie on it. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int exponent = (int) Math.floor(low); exponent <= high; exponent++) {
      for (int digit : new int[] {1, 2, 5}) {
        double tick = digit * Math.pow(10, exponent);
        if (Math.log10(tick) >= low && Math.log10(tick) <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  static String label(double tick) {
    if (tick >= 1e6) {
      return String.format(Locale.ROOT, "%.0f M", tick / 1e6);
    }
    if (tick >= 1e3) {
      return String.format(Locale.ROOT, "%.0f k", tick / 1e3);
    }
    return String.format(Locale.ROOT, tick >= 1 ? "%.0f" : "%.1g", tick);
  }
}
