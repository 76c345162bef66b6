package dev.ppe.client.report.validation;

import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.table.SummaryLine;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Lines of the summary, the same in every form for people. */
final class Summaries {
  /** Titles of {@link #cells}. */
  static final List<String> TITLES =
      List.of(
          "rows",
          "mean error",
          "worst",
          "R2",
          "less largest",
          "log R2",
          "tau",
          "naive error",
          "naive R2",
          "left out");

  private Summaries() {}

  static List<String> cells(SummaryLine line) {
    Agreement model = line.model();
    return List.of(
        Integer.toString(line.rows()),
        Cells.percent(model.meanError()),
        Cells.signed(model.worstError()),
        Cells.coefficient(model.determination()),
        Cells.coefficient(model.determinationWithoutLargest()),
        Cells.coefficient(model.logDetermination()),
        Cells.coefficient(model.kendallTau()),
        Cells.percent(fitted(line, Agreement::meanError)),
        Cells.coefficient(fitted(line, Agreement::determination)),
        Cells.percent(
            line.naive().isPresent()
                ? line.naive().get().leftOut().meanError()
                : OptionalDouble.empty()));
  }

  private static OptionalDouble fitted(
      SummaryLine line, Function<Agreement, OptionalDouble> statistic) {
    return line.naive().isPresent()
        ? statistic.apply(line.naive().get().fitted())
        : OptionalDouble.empty();
  }

  /** For example {@code ms = 1.20e-09 x MACs + 3.40e-08 x bytes}; none without rows. */
  static List<String> naive(SummaryLine line) {
    return line.naive().stream()
        .map(
            fit ->
                "%s = %s x MACs %s %s x bytes"
                    .formatted(
                        line.title(),
                        Cells.constant(fit.constants().get(0)),
                        fit.constants().get(1) < 0 ? "-" : "+",
                        Cells.constant(Math.abs(fit.constants().get(1)))))
        .toList();
  }
}
