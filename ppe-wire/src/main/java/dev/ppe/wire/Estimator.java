package dev.ppe.wire;

import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;

/** Answers estimate requests, here or elsewhere: equal requests get byte-equal answers. */
@FunctionalInterface
public interface Estimator {
  /**
   * The cost of one network on one accelerator.
   *
   * @param request what to estimate
   * @param interruption stops the work when it is no longer wanted
   * @throws RuntimeException if there is no answer; {@link Statuses} tells whose fault it is
   */
  EstimateResponse estimate(EstimateRequest request, Interruption interruption);
}
