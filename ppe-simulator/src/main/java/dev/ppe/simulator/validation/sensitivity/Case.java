package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.table.Quantity;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A figure of a network that can be costed again.
 *
 * @param source the table whose row it is, or the network itself
 * @param figure what it is reported under
 * @param label what people call the row
 * @param network that the row is about
 * @param model the figure of an evaluation
 * @param measured as the row has it; empty where nothing was measured
 * @param base as the preset has it, as it is
 */
record Case(
    String source,
    String figure,
    String label,
    CanonicalGraph network,
    ToDoubleFunction<Evaluation> model,
    OptionalDouble measured,
    double base) {
  /** Columns of times. */
  private static final List<String> TIMES = List.of("latency_ms", "estimated_cycles");

  /** Columns of bytes that a compiler decides on. */
  private static final List<String> BYTES =
      List.of("onchip_params_mib", "params_cached_on_chip_bytes", "instruction_bytes");

  /** The figures of a table that are costed again. */
  static List<Quantity> quantities(ValidationTable table) {
    return table.quantities().stream()
        .filter(one -> TIMES.contains(one.column()) || BYTES.contains(one.column()))
        .toList();
  }

  /** What a figure is reported under: all times of a preset are one figure. */
  static String figure(Quantity quantity) {
    return TIMES.contains(quantity.column()) ? OfPreset.TIMES : quantity.name();
  }

  /** The measurement, if there is one, beside another prediction. */
  Optional<Pair> pair(double predicted) {
    return measured.isPresent()
        ? Optional.of(new Pair(measured.getAsDouble(), predicted))
        : Optional.empty();
  }

  /** How much another prediction differs from the preset's, as a share of it; 0 of nothing. */
  double change(double predicted) {
    return base == 0 ? 0 : predicted / base - 1;
  }
}
