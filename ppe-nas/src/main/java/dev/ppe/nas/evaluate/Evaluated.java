package dev.ppe.nas.evaluate;

import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.objective.Outcome;
import java.util.Optional;

/**
 * What is known of a candidate.
 *
 * @param metrics empty if it failed
 */
public record Evaluated(Outcome outcome, Optional<Metrics> metrics) {
  static Evaluated failed(String reason) {
    return new Evaluated(new Outcome.Failed(reason), Optional.empty());
  }
}
