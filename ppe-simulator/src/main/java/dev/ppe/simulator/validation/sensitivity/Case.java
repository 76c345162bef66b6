package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.validation.sensitivity.SensitivityReport.OfPreset;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.table.Quantity;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.util.List;

/**
 * A figure of a row that can be costed again.
 *
 * @param table whose row it is
 * @param label what people call the row
 * @param network that the row is about
 * @param quantity which figure
 * @param measured as the row has it
 * @param base as the preset has it, as it is
 */
record Case(
    ValidationTable table,
    String label,
    CanonicalGraph network,
    Quantity quantity,
    double measured,
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

  /** What it is reported under: all times of a preset are one figure. */
  String figure() {
    return TIMES.contains(quantity.column()) ? OfPreset.TIMES : quantity.name();
  }

  /** The measurement beside another prediction. */
  Pair pair(double predicted) {
    return new Pair(measured, predicted);
  }

  /** How much another prediction differs from the preset's, as a share of it; 0 of nothing. */
  double change(double predicted) {
    return base == 0 ? 0 : predicted / base - 1;
  }
}
