package dev.ppe.client.report.trace;

import dev.ppe.report.answer.Causes;
import dev.ppe.v1.EstimateResponse;

/** Cycles of an answer as nanoseconds. */
record Clock(double nanosPerCycle) {
  static Clock of(EstimateResponse response) {
    long cycles = Causes.total(response.getTime());
    return new Clock(cycles == 0 ? 0 : response.getLatencyUs() * 1e3 / cycles);
  }

  long nanos(long cycle) {
    return Math.round(cycle * nanosPerCycle);
  }
}
