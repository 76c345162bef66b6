package dev.ppe.client.report;

import dev.ppe.simulator.graph.Graph;

/** Prints networks one after the other. */
public interface NetworkWriter {
  /** What stands before the first one. */
  default void begin() {}

  /** One network, verified. */
  void write(Graph graph);
}
