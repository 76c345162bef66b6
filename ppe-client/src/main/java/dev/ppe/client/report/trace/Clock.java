package dev.ppe.client.report.trace;

import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.TimeBreakdown;

/** Cycles of an answer as nanoseconds. */
record Clock(double nanosPerCycle) {
  static Clock of(EstimateResponse response) {
    long cycles = total(response.getTime());
    return new Clock(cycles == 0 ? 0 : response.getLatencyUs() * 1e3 / cycles);
  }

  long nanos(long cycle) {
    return Math.round(cycle * nanosPerCycle);
  }

  private static long total(TimeBreakdown time) {
    return time.getComputeCycles()
        + time.getActivationFetchCycles()
        + time.getParameterFetchCycles()
        + time.getOutputCycles()
        + time.getDmaCycles()
        + time.getHostLinkCycles()
        + time.getHostCycles()
        + time.getInvocationCycles();
  }
}
