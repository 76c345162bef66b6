package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.validation.statistics.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A figure that both sides have.
 *
 * @param name with the unit
 * @param decimals that are worth printing
 * @param column of the measured file; rows without it do not have the figure
 * @param measured the figure of a row, which is that of the column or follows from it
 * @param model the same figure of an evaluation, in the same unit
 * @param grouping parts the rows; the same name for all of them leaves them together
 * @param goals what is aimed at
 */
public record Quantity(
    String name,
    int decimals,
    String column,
    ToDoubleFunction<EvaluatedRow> measured,
    ToDoubleFunction<Evaluation> model,
    Function<EvaluatedRow, String> grouping,
    List<Goal> goals) {
  /** The group of all rows. */
  public static final String ALL = "";

  /** A target for a group of rows. */
  public record Goal(String group, Target target) {}

  public Quantity {
    goals = List.copyOf(goals);
  }

  static Quantity of(String name, int decimals, String column, ToDoubleFunction<Evaluation> model) {
    return derived(name, decimals, column, row -> row.row().number(column), model);
  }

  /** Of a figure that the file does not have as such. */
  static Quantity derived(
      String name,
      int decimals,
      String column,
      ToDoubleFunction<EvaluatedRow> measured,
      ToDoubleFunction<Evaluation> model) {
    return new Quantity(name, decimals, column, measured, model, row -> ALL, List.of());
  }

  Quantity groupedBy(Function<EvaluatedRow, String> other) {
    return new Quantity(name, decimals, column, measured, model, other, goals);
  }

  /** With targets for all rows. */
  Quantity shall(Target... targets) {
    return shallIn(ALL, targets);
  }

  /** With targets for the rows of one group. */
  Quantity shallIn(String group, Target... targets) {
    List<Goal> all = new ArrayList<>(goals);
    for (Target target : targets) {
      all.add(new Goal(group, target));
    }
    return new Quantity(name, decimals, column, measured, model, grouping, all);
  }

  /** Whether the row has it. */
  public boolean isIn(EvaluatedRow row) {
    return row.row().has(column);
  }

  /** Measured and predicted. */
  public Pair pair(EvaluatedRow row) {
    return new Pair(measured.applyAsDouble(row), model.applyAsDouble(row.evaluation()));
  }
}
