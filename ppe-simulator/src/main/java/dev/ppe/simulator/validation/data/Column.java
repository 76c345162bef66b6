package dev.ppe.simulator.validation.data;

import static dev.ppe.simulator.validation.data.ColumnKind.AMOUNT;
import static dev.ppe.simulator.validation.data.ColumnKind.COUNT;
import static dev.ppe.simulator.validation.data.ColumnKind.POSITIVE;
import static dev.ppe.simulator.validation.data.ColumnKind.SIZE;
import static dev.ppe.simulator.validation.data.ColumnKind.TEXT;

import java.util.List;

/**
 * A column that a file must have. Further ones are allowed and not looked at.
 *
 * @param name in the header
 * @param kind of its fields
 * @param optional whether a field may be empty
 */
record Column(String name, ColumnKind kind, boolean optional) {
  /** The columns of a data set. */
  static List<Column> of(Dataset dataset) {
    return switch (dataset) {
      case PIXEL6 ->
          List.of(
              must("model", TEXT),
              must("input_hwc", TEXT),
              must("dtype", TEXT),
              must("latency_ms", POSITIVE));
      case CORAL_NAMED_MODELS ->
          List.of(
              must("model", TEXT),
              must("input_hwc", TEXT),
              must("host", TEXT),
              must("latency_ms", POSITIVE));
      case CORAL_CONVOLUTIONS ->
          List.of(
              must("filters", SIZE),
              must("macs", COUNT),
              must("latency_ms", POSITIVE),
              must("onchip_params_mib", AMOUNT),
              must("offchip_params_mib", AMOUNT));
      case CORAL_DENSE ->
          List.of(
              must("units", SIZE),
              must("layers", TEXT),
              must("macs", COUNT),
              must("latency_ms", POSITIVE),
              must("onchip_params_mib", AMOUNT),
              must("offchip_params_mib", AMOUNT));
      case COMPILER ->
          List.of(
              must("model", TEXT),
              must("compiler_generation", TEXT),
              may("estimated_cycles", COUNT),
              may("params_cached_on_chip_bytes", COUNT),
              may("params_streamed_per_inference_bytes", COUNT),
              may("narrow_memory_bytes_per_tile", COUNT),
              may("instruction_bytes", COUNT),
              may("input_dma_bytes", COUNT),
              may("output_dma_bytes", COUNT));
      case SCALE_SIM ->
          List.of(
              must("network", TEXT),
              must("array", TEXT),
              must("dataflow", TEXT),
              must("layer", TEXT),
              must("ifmap_h", SIZE),
              must("ifmap_w", SIZE),
              must("filter_h", SIZE),
              must("filter_w", SIZE),
              must("channels", SIZE),
              must("filters", SIZE),
              must("stride", SIZE),
              must("total_cycles", COUNT));
    };
  }

  private static Column must(String name, ColumnKind kind) {
    return new Column(name, kind, false);
  }

  private static Column may(String name, ColumnKind kind) {
    return new Column(name, kind, true);
  }
}
