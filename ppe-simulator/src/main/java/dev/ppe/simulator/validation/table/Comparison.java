package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.LinearFit;
import dev.ppe.simulator.validation.statistics.LinearFit.Point;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.table.Quantity.Goal;
import dev.ppe.simulator.validation.table.RowReport.Cell;
import dev.ppe.simulator.validation.table.Target.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Works out what a table says of its rows. */
record Comparison(ValidationTable table, List<EvaluatedRow> evaluated) {
  /** Every row with all figures. */
  List<RowReport> rows() {
    List<List<Optional<Cell>>> columns = table.quantities().stream().map(this::column).toList();
    List<RowReport> rows = new ArrayList<>();
    for (int i = 0; i < evaluated.size(); i++) {
      EvaluatedRow row = evaluated.get(i);
      List<Optional<Cell>> cells = new ArrayList<>();
      for (List<Optional<Cell>> column : columns) {
        cells.add(column.get(i));
      }
      rows.add(
          new RowReport(
              row.row(), row.label(), row.origin(), row.evaluation().accelerator(), cells));
    }
    return rows;
  }

  private List<Optional<Cell>> column(Quantity quantity) {
    List<EvaluatedRow> there = evaluated.stream().filter(quantity::isIn).toList();
    List<Double> naive = naive(quantity, there).map(LinearFit::constants).orElse(List.of(0.0, 0.0));
    List<Optional<Cell>> cells = new ArrayList<>();
    for (EvaluatedRow row : evaluated) {
      cells.add(
          quantity.isIn(row)
              ? Optional.of(
                  new Cell(
                      quantity.grouping().apply(row),
                      quantity.pair(row),
                      naive.get(0) * row.evaluation().macs() + naive.get(1) * row.bytes()))
              : Optional.empty());
    }
    return cells;
  }

  /** A line for all rows of each figure, and one for each group if there are several. */
  List<SummaryLine> summary() {
    List<SummaryLine> lines = new ArrayList<>();
    for (Quantity quantity : table.quantities()) {
      List<EvaluatedRow> there = evaluated.stream().filter(quantity::isIn).toList();
      lines.add(line(quantity, Quantity.ALL, there));
      for (String group : groups(quantity, there)) {
        lines.add(
            line(
                quantity,
                group,
                there.stream()
                    .filter(row -> quantity.grouping().apply(row).equals(group))
                    .toList()));
      }
    }
    return lines;
  }

  /** Those that say more than all rows together, and those that something is aimed at for. */
  private static Set<String> groups(Quantity quantity, List<EvaluatedRow> rows) {
    Set<String> groups = new TreeSet<>();
    rows.forEach(row -> groups.add(quantity.grouping().apply(row)));
    if (groups.size() < 2) {
      groups.clear();
    }
    quantity.goals().forEach(goal -> groups.add(goal.group()));
    groups.remove(Quantity.ALL);
    return groups;
  }

  private static SummaryLine line(Quantity quantity, String group, List<EvaluatedRow> rows) {
    Agreement model = new Agreement(rows.stream().map(quantity::pair).toList());
    List<Verdict> verdicts =
        quantity.goals().stream()
            .filter(goal -> goal.group().equals(group))
            .map(Goal::target)
            .map(target -> target.judge(model))
            .toList();
    return new SummaryLine(quantity.name(), group, model, naive(quantity, rows), verdicts);
  }

  /**
   * Coefficients for a MAC and a byte: least squares of relative errors, as the presets' constants
   * are fitted, so to rows measured above 0.
   */
  private static Optional<LinearFit> naive(Quantity quantity, List<EvaluatedRow> rows) {
    List<Point> points =
        rows.stream()
            .filter(row -> quantity.pair(row).measured() > 0)
            .map(
                row ->
                    new Point(
                        quantity.pair(row).measured(),
                        0,
                        List.of((double) row.evaluation().macs(), (double) row.bytes())))
            .toList();
    return points.isEmpty() ? Optional.empty() : Optional.of(LinearFit.relative(points));
  }
}
