package dev.ppe.nas.backend;

import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Failed;
import dev.ppe.nas.objective.Outcome.Scored;
import java.util.Comparator;

/**
 * The order of outcomes with one score (Deb, "An efficient constraint handling method for genetic
 * algorithms", 2000): what keeps the limits before what does not; of the former the higher score,
 * of the latter the smaller violation; what failed comes last.
 */
public final class Fitness {
  /** From worst to best. */
  public static final Comparator<Outcome> ORDER = Fitness::compare;

  private Fitness() {}

  private static int compare(Outcome first, Outcome second) {
    return switch (first) {
      case Failed failed -> second instanceof Failed ? 0 : -1;
      case Scored one ->
          switch (second) {
            case Failed failed -> 1;
            case Scored other ->
                one.isFeasible() && other.isFeasible()
                    ? Double.compare(one.score(), other.score())
                    : Double.compare(other.violation(), one.violation());
          };
    };
  }
}
