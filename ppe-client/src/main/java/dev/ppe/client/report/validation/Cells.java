package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.table.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Figures as they stand in tables: the same in every locale, {@code -} where there is none. */
final class Cells {
  static final String NONE = "-";

  private Cells() {}

  /** A value with the decimals that suit its figure. */
  static String value(Quantity quantity, double value) {
    return format("%,." + quantity.decimals() + "f", value);
  }

  /** A relative error with its sign. */
  static String error(Pair pair) {
    if (pair.error().isEmpty()) {
      return pair.predicted() == 0 ? "0 %" : NONE;
    }
    return signed(pair.error());
  }

  /** A share of 1 with its sign; {@code 0 %} is exactly that. */
  static String signed(OptionalDouble share) {
    if (share.isEmpty()) {
      return NONE;
    }
    double percent = 100 * share.getAsDouble();
    if (percent == 0) {
      return "0 %";
    }
    if (Math.abs(percent) < 0.05) {
      return percent < 0 ? "-0.0 %" : "+0.0 %";
    }
    return format(Math.abs(percent) < 9.95 ? "%+.1f %%" : "%+.0f %%", percent);
  }

  /** A share of 1. */
  static String percent(OptionalDouble share) {
    return share.isPresent() ? format("%.1f %%", 100 * share.getAsDouble()) : NONE;
  }

  /** A coefficient of determination or correlation. */
  static String coefficient(OptionalDouble value) {
    return value.isPresent()
        ? format(Math.abs(value.getAsDouble()) < 10 ? "%.3f" : "%.0f", value.getAsDouble())
        : NONE;
  }

  /** A constant: three significant digits. */
  static String constant(double value) {
    return value == 0 ? "0" : format("%.3g", value);
  }

  /** A constant of a preset. */
  static String whole(double value) {
    return format("%,.0f", value);
  }

  /** A row of a table: its name and its figures. */
  static List<String> joined(String name, List<String> cells) {
    return Stream.concat(Stream.of(name), cells.stream()).toList();
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
