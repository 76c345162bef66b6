package dev.ppe.nas.evaluate;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;

/** Who says what a network costs: {@link dev.ppe.client.PpeClient#estimate}, or what checks it. */
@FunctionalInterface
public interface CostService {
  /**
   * The cost of one network on one accelerator; waits for it.
   *
   * @throws dev.ppe.client.PpeException for whatever may go wrong with the request or on the way
   */
  EstimateResponse estimate(EstimateRequest request);
}
