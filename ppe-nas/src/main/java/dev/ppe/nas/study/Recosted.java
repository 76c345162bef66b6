package dev.ppe.nas.study;

import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.study.Trial.Evaluated;
import dev.ppe.nas.study.Trial.Failed;
import dev.ppe.nas.study.Trial.Result;
import java.util.Optional;

/**
 * What the service says of a trial whose costs were predicted.
 *
 * @param trial its number
 * @param simulator version of the simulator that answered
 * @param result its figures, of which costs are the service's; or why there are none
 */
public record Recosted(long trial, String simulator, Result result) {
  /** The figures, if there are any. */
  public Optional<Metrics> metrics() {
    return result instanceof Evaluated(Metrics metrics) ? Optional.of(metrics) : Optional.empty();
  }

  /** Why there are none. */
  public Optional<String> failure() {
    return result instanceof Failed(String reason) ? Optional.of(reason) : Optional.empty();
  }

  /** The trial with these figures in the place of those that were predicted. */
  public Trial applied(Trial predicted) {
    return new Trial(
        predicted.number(), predicted.batch(), predicted.point(), result, predicted.repeatOf());
  }
}
