package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.validation.statistics.LinearFit;
import dev.ppe.simulator.validation.statistics.LinearFit.Point;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Constants of the presets that were fitted to measurements, fitted again now: what an evaluation
 * says without them, plus constants times terms, shall be what was measured, with the least sum of
 * squared relative errors.
 *
 * @param name what they are
 * @param quantity the figure that they are fitted to
 * @param rows those that they are fitted to
 * @param offset the figure without the constants
 * @param terms what each is multiplied by
 */
public record FittedConstants(
    String name,
    Quantity quantity,
    Predicate<EvaluatedRow> rows,
    ToDoubleFunction<EvaluatedRow> offset,
    List<Term> terms) {
  /**
   * One constant.
   *
   * @param name with the unit
   * @param factor what it is multiplied by
   * @param inUse the constant as the preset has it
   */
  public record Term(
      String name, ToDoubleFunction<EvaluatedRow> factor, ToDoubleFunction<EvaluatedRow> inUse) {}

  /**
   * The outcome.
   *
   * @param name as in {@link FittedConstants}
   * @param quantity that they are fitted to
   * @param terms their names
   * @param inUse what the preset has; empty where there is no row to tell
   * @param fit over all rows, with the error of each row left out
   */
  public record Outcome(
      String name, String quantity, List<String> terms, List<Double> inUse, LinearFit fit) {
    public Outcome {
      terms = List.copyOf(terms);
      inUse = List.copyOf(inUse);
    }

    /** The constant as the preset has it. */
    public OptionalDouble inUse(int term) {
      return inUse.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(inUse.get(term));
    }
  }

  public FittedConstants {
    terms = List.copyOf(terms);
  }

  /** Fits; there is no outcome with fewer rows than constants and one. */
  List<Outcome> fit(List<EvaluatedRow> evaluated) {
    List<EvaluatedRow> fitted =
        evaluated.stream()
            .filter(row -> quantity.isIn(row) && quantity.pair(row).measured() > 0)
            .filter(rows)
            .toList();
    if (fitted.size() <= terms.size()) {
      return List.of();
    }
    EvaluatedRow first = fitted.getFirst();
    return List.of(
        new Outcome(
            name,
            quantity.name(),
            terms.stream().map(Term::name).toList(),
            terms.stream().map(term -> term.inUse().applyAsDouble(first)).toList(),
            LinearFit.relative(fitted.stream().map(this::point).toList())));
  }

  private Point point(EvaluatedRow row) {
    return new Point(
        quantity.pair(row).measured(),
        offset.applyAsDouble(row),
        terms.stream().map(term -> term.factor().applyAsDouble(row)).toList());
  }
}
