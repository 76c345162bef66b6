package dev.ppe.nas.study;

import dev.ppe.nas.study.Trial.Evaluated;
import dev.ppe.nas.study.Trial.Result;

/**
 * What the service says of a trial whose costs were predicted.
 *
 * @param trial its number
 * @param simulator version of the simulator that answered
 * @param result its figures, of which costs are the service's; or why there are none
 */
public record Recosted(long trial, String simulator, Result result) {
  /** Whether there are figures. */
  public boolean hasFigures() {
    return result instanceof Evaluated;
  }

  /** The trial with these figures in the place of those that were predicted. */
  public Trial applied(Trial predicted) {
    return new Trial(
        predicted.number(), predicted.batch(), predicted.point(), result, predicted.repeatOf());
  }
}
