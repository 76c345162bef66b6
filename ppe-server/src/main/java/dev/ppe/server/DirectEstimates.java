package dev.ppe.server;

import dev.ppe.wire.Estimator;

/** Every request on its own. */
record DirectEstimates(Estimator estimator) implements SimulationPool.Work {
  @Override
  public void begin(Job job) {
    job.answer(estimator.estimate(job.request(), job).toByteArray(), CacheStatus.COMPUTED);
  }
}
