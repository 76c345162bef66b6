package dev.ppe.simulator.validation.table;

/** What tables of latencies have in common. */
final class Latencies {
  /** The latency of one inference. */
  static final Quantity MS = Quantity.of("ms", 3, "latency_ms", Figures::latencyMs);

  /** Paths of constants in presets' files. */
  static final String INVOCATION = "invocation.overhead_ns";

  static final String LAYER = "invocation.layer_overhead_ns";
  static final String TO_DEVICE = "host_link.to_device_bytes_per_second";
  static final String FROM_DEVICE = "host_link.from_device_bytes_per_second";
  static final String QUANTIZED = "host.quantized_elements_per_second";
  static final String DRAM = "dram.bytes_per_second";

  private Latencies() {}
}
