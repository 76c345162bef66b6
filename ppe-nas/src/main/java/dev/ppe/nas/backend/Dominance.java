package dev.ppe.nas.backend;

import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.objective.Outcome.Failed;
import dev.ppe.nas.objective.Outcome.Scored;
import io.jenetics.ext.moea.Pareto;
import java.util.Comparator;

/**
 * The partial order of outcomes (Deb et al., "A Fast and Elitist Multiobjective Genetic Algorithm:
 * NSGA-II", 2002, section VI): of two that keep the limits one dominates if it is nowhere worse and
 * somewhere better; the rest is as in {@link Fitness}.
 */
public final class Dominance {
  /** Above 0 if the first dominates, below 0 if the second does, 0 if neither. */
  public static final Comparator<Outcome> ORDER = Dominance::compare;

  private Dominance() {}

  private static int compare(Outcome first, Outcome second) {
    return switch (first) {
      case Failed failed -> second instanceof Failed ? 0 : -1;
      case Scored one ->
          switch (second) {
            case Failed failed -> 1;
            case Scored other ->
                one.isFeasible() && other.isFeasible()
                    ? Pareto.dominance(array(one), array(other))
                    : Double.compare(other.violation(), one.violation());
          };
    };
  }

  private static double[] array(Scored scored) {
    return scored.scores().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
