package dev.ppe.nas.objective;

import java.util.List;

/** What became of a candidate. */
public sealed interface Outcome {
  /**
   * It was evaluated.
   *
   * @param scores one for each goal of the objective, more is better
   * @param violation how far it exceeds the limits, each as a share of its limit, all added up; 0
   *     if it keeps them
   */
  record Scored(List<Double> scores, double violation) implements Outcome {
    public Scored {
      scores = List.copyOf(scores);
      if (scores.isEmpty() || !(violation >= 0)) {
        throw new IllegalArgumentException(
            "scores are %s and the violation %s".formatted(scores, violation));
      }
    }

    /** One score, within all limits. */
    public static Scored of(double score) {
      return new Scored(List.of(score), 0);
    }

    /** Whether it keeps the limits. */
    public boolean isFeasible() {
      return violation == 0;
    }

    /** The only score. */
    public double score() {
      if (scores.size() != 1) {
        throw new IllegalStateException("there are " + scores.size() + " scores");
      }
      return scores.getFirst();
    }
  }

  /** It is no network, or could not be evaluated. */
  record Failed(String reason) implements Outcome {}
}
