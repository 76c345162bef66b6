package dev.ppe.nas.evaluate;

import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.space.Point;
import dev.ppe.simulator.graph.Graph;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Says what candidates cost: the service by {@link ServiceCosts}, or a model that learned from its
 * answers. Safe for use by many threads.
 */
public interface CostModel {
  /** The metrics that it says. */
  Set<Metric> metrics();

  /**
   * The costs of a candidate; may have more metrics than {@link #metrics} names.
   *
   * @param network gives the point's network; models that do without do not ask for it
   * @throws dev.ppe.client.PpeException for whatever may go wrong where somebody is asked
   */
  Metrics costs(Point point, Supplier<Graph> network);
}
