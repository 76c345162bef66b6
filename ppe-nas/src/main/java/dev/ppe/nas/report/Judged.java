package dev.ppe.nas.report;

import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.study.Trial;
import java.util.Optional;

/**
 * A trial and what the objective makes of it.
 *
 * @param outcome empty while it is not evaluated
 */
record Judged(Trial trial, Optional<Outcome> outcome) {
  static Judged of(Trial trial, Objective objective) {
    return new Judged(
        trial, trial.isDone() ? Optional.of(trial.outcome(objective)) : Optional.empty());
  }

  /** The scores; empty if it failed or is not evaluated. */
  Optional<Scored> scored() {
    return outcome.filter(Scored.class::isInstance).map(Scored.class::cast);
  }

  /** Whether it keeps all limits. */
  boolean isFeasible() {
    return scored().map(Scored::isFeasible).orElse(false);
  }

  /** Whether it counts for the front: feasible, and not the same as an earlier one. */
  boolean isNewAndFeasible() {
    return isFeasible() && trial.repeatOf().isEmpty();
  }
}
