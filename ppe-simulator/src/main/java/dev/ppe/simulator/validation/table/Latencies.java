package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.validation.table.FittedConstants.Term;
import java.util.List;
import java.util.function.Predicate;

/** What tables of latencies have in common. */
final class Latencies {
  /** The latency of one inference. */
  static final Quantity MS = Quantity.of("ms", 3, "latency_ms", Figures::latencyMs);

  private Latencies() {}

  /** The fixed cost of an invocation: what is measured beyond all else that is simulated. */
  static FittedConstants invocation(String of, Predicate<EvaluatedRow> rows) {
    return new FittedConstants(
        "fixed cost of an invocation, " + of,
        MS,
        rows,
        row -> Figures.latencyMs(row.evaluation()) - Figures.ms(row.evaluation(), Cause.INVOCATION),
        List.of(new Term("ms", row -> 1, row -> Figures.ms(row.evaluation(), Cause.INVOCATION))));
  }
}
