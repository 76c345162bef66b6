package dev.ppe.client.report.compare;

import dev.ppe.report.answer.Causes;
import dev.ppe.report.answer.Units;
import dev.ppe.v1.Cause;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;

/** Changes in words, the same everywhere. */
final class Changes {
  static final String NONE = "-";
  private static final int MOST_CAUSES = 3;
  private static final double LEAST_SHARE_OF_CHANGE = 0.05;
  private static final double HALF_A_TENTH = 9.95;

  private Changes() {}

  /** For example {@code compute +0.10 ms, parameter fetch -0.05 ms}. */
  static String causes(Map<Cause, Double> changes) {
    return causes(changes, change -> true);
  }

  /**
   * The largest of some of the changes.
   *
   * @param wanted by their sizes in microseconds
   */
  static String causes(Map<Cause, Double> changes, DoublePredicate wanted) {
    double all = changes.values().stream().mapToDouble(Math::abs).sum();
    List<String> texts =
        changes.entrySet().stream()
            .filter(change -> Math.abs(change.getValue()) >= LEAST_SHARE_OF_CHANGE * all)
            .filter(change -> wanted.test(change.getValue()))
            .limit(MOST_CAUSES)
            .map(
                change ->
                    Causes.name(change.getKey()) + " " + signed(Units.TIME, change.getValue()))
            .toList();
    return String.join(", ", texts);
  }

  static String signed(Units unit, double value) {
    if (value == 0) {
      return NONE;
    }
    return (value < 0 ? "-" : "+") + unit.format(Math.abs(value));
  }

  /** In per cent of what was; empty where that was nothing. */
  static String relative(double before, double after) {
    if (before == 0 || before == after) {
      return "";
    }
    double percent = 100 * (after / before - 1);
    return String.format(
        Locale.ROOT, Math.abs(percent) < HALF_A_TENTH ? "%+.1f %%" : "%+.0f %%", percent);
  }
}
