package dev.ppe.simulator.validation.table;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.report.Evaluation;

/** Figures of an evaluation in the units of the measured files. */
final class Figures {
  private static final double MEBIBYTE = 1 << 20;
  private static final double MICROSECONDS_PER_MILLISECOND = 1e3;

  private Figures() {}

  static double latencyMs(Evaluation evaluation) {
    return evaluation.latencyUs() / MICROSECONDS_PER_MILLISECOND;
  }

  static double cachedMib(Evaluation evaluation) {
    return evaluation.memory().paramsCachedBytes() / MEBIBYTE;
  }

  static double streamedMib(Evaluation evaluation) {
    return evaluation.memory().paramsStreamedBytes() / MEBIBYTE;
  }

  /** The critical path without the host's parts: link, operators, invocation. */
  static double cyclesOnChip(Evaluation evaluation) {
    return evaluation.time().total()
        - evaluation.time().of(Cause.HOST_LINK)
        - evaluation.time().of(Cause.HOST)
        - evaluation.time().fixed();
  }
}
