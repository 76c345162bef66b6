package dev.ppe.simulator.validation.table;

/** What tables of latencies have in common. */
final class Latencies {
  /** The latency of one inference. */
  static final Quantity MS = Quantity.of("ms", 3, "latency_ms", Figures::latencyMs);

  private Latencies() {}
}
