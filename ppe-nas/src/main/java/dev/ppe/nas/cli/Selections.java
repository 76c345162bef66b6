package dev.ppe.nas.cli;

import dev.ppe.client.cli.UsageException;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.study.Ranking;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import java.util.List;
import java.util.stream.Collectors;

/** Which trials to show. */
final class Selections {
  /** So many, unless the user says otherwise. */
  static final int MOST = 10;

  private Selections() {}

  /** The best ones; of several goals, the front. */
  static Selection usual(Study study, int count) {
    return study.objective().goals().size() > 1 ? front(study) : best(study, count);
  }

  static Selection best(Study study, int count) {
    try {
      return new Selection("best", Ranking.best(study, count), false);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--best: %s; --pareto shows the front".formatted(e.getMessage()));
    }
  }

  static Selection front(Study study) {
    String axes =
        study.objective().needs().stream().map(Metric::word).collect(Collectors.joining(", "));
    return new Selection("Pareto front of " + axes, Ranking.front(study), false);
  }

  static Selection all(Study study) {
    return new Selection("all", study.done(), false);
  }

  static Selection one(Study study, long number) {
    if (number < 0 || number >= study.trials().size()) {
      throw new UsageException(
          "there is no trial %d, only 0 to %d".formatted(number, study.trials().size() - 1));
    }
    Trial trial = study.trials().get((int) number);
    return new Selection("trial " + number, List.of(trial), true);
  }
}
