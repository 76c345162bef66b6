package dev.ppe.simulator.validation;

import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.validation.Agreement.Pair;
import dev.ppe.simulator.validation.GroundTruth.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of measured figures against the model's: some quantities of the same networks.
 *
 * @param title in the summary
 * @param subject what a row is, for example {@code filters}
 * @param quantities compared
 * @param cases one a row
 */
record Comparison(
    String title, String subject, List<Quantity> quantities, List<EvaluatedRow> cases) {
  /**
   * A figure that both sides have.
   *
   * @param name with the unit
   * @param format of its values
   * @param column of the measured file
   * @param model the same in the same unit
   */
  record Quantity(String name, String format, String column, ToDoubleFunction<Evaluation> model) {
    private Pair pair(EvaluatedRow row) {
      return new Pair(row.row().number(column), model.applyAsDouble(row.evaluation()));
    }

    private String show(double value) {
      return String.format(Locale.ROOT, format, value);
    }
  }

  /**
   * A measured row and what the model says of its network.
   *
   * @param name of the row
   * @param group that the summary tells apart
   */
  record EvaluatedRow(String name, String group, Row row, Evaluation evaluation) {}

  Comparison {
    quantities = List.copyOf(quantities);
    cases = List.copyOf(cases);
  }

  /** All rows in Markdown. */
  String table() {
    List<String> header = new ArrayList<>(List.of(subject));
    for (Quantity quantity : quantities) {
      header.addAll(List.of(quantity.name() + ", measured", "model", "error"));
    }
    List<List<String>> lines = new ArrayList<>(List.of(header));
    for (EvaluatedRow row : cases) {
      List<String> line = new ArrayList<>(List.of(row.name()));
      quantities.forEach(quantity -> line.addAll(cells(quantity, row)));
      if (!line.stream().skip(1).allMatch(String::isEmpty)) {
        lines.add(line);
      }
    }
    return markdown(lines);
  }

  /** Agreement over all rows, then for each group if there are several: one line a quantity. */
  Stream<List<String>> summary() {
    Map<String, List<EvaluatedRow>> groups =
        cases.stream().collect(Collectors.groupingBy(EvaluatedRow::group));
    return quantities.stream()
        .flatMap(
            quantity ->
                groups.size() < 2
                    ? Stream.of(summary(quantity, "", cases))
                    : Stream.concat(
                        Stream.of(summary(quantity, "", cases)),
                        groups.keySet().stream()
                            .sorted()
                            .map(group -> summary(quantity, ": " + group, groups.get(group)))))
        .filter(line -> !line.subList(2, line.size()).stream().allMatch("-"::equals));
  }

  private List<String> summary(Quantity quantity, String suffix, List<EvaluatedRow> rows) {
    Agreement agreement =
        new Agreement(
            rows.stream()
                .filter(row -> row.row().has(quantity.column()))
                .map(quantity::pair)
                .toList());
    return List.of(
        title + ", " + quantity.name() + suffix,
        Integer.toString(agreement.pairs().size()),
        agreement.meanAbsolutePercentageError(),
        agreement.determination(),
        agreement.kendallTau());
  }

  private static List<String> cells(Quantity quantity, EvaluatedRow row) {
    if (!row.row().has(quantity.column())) {
      return List.of("", "", "");
    }
    Pair pair = quantity.pair(row);
    return List.of(quantity.show(pair.measured()), quantity.show(pair.model()), error(pair));
  }

  private static String error(Pair pair) {
    if (pair.measured() == 0) {
      return pair.model() == 0 ? "0 %" : "-";
    }
    double percent = 100 * (pair.model() - pair.measured()) / pair.measured();
    return Math.abs(percent) < 0.05
        ? "0 %"
        : String.format(Locale.ROOT, Math.abs(percent) < 10 ? "%+.1f %%" : "%+.0f %%", percent);
  }

  /** A Markdown table of a header and lines. */
  static String markdown(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append("| ").append(String.join(" | ", lines.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|---").repeat("|---:", lines.get(i).size() - 1).append("|\n");
      }
    }
    return text.toString();
  }
}
