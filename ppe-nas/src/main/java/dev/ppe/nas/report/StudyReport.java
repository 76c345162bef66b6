package dev.ppe.nas.report;

import dev.ppe.nas.study.Ranking;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import java.util.List;
import java.util.Optional;

/**
 * What there is to say of a study, as it is now: of one without trials, too.
 *
 * @param front the Pareto front of those that keep the limits, as {@link Ranking#front}
 * @param best the best ones of an objective with one goal, best first; empty if it has several
 * @param convergence of each goal
 * @param volume how the front grew; empty if it has not two or three axes
 * @param importances for each metric; empty with few trials
 */
public record StudyReport(
    Study study,
    List<Trial> front,
    List<Trial> best,
    List<Convergence> convergence,
    Optional<FrontVolume> volume,
    List<Importance> importances) {
  /** So many best ones are named. */
  private static final int BEST = 10;

  public StudyReport {
    front = List.copyOf(front);
    best = List.copyOf(best);
    convergence = List.copyOf(convergence);
    importances = List.copyOf(importances);
  }

  /** The report of a study. */
  public static StudyReport of(Study study) {
    return of(study, judged(study), Optional.empty());
  }

  /** The report of a study that goes on, with importances of how it was before. */
  public static StudyReport of(Study study, List<Importance> importances) {
    return of(study, judged(study), Optional.of(importances));
  }

  private static StudyReport of(
      Study study, List<Judged> judged, Optional<List<Importance>> importances) {
    List<Trial> front = Ranking.front(study);
    return new StudyReport(
        study,
        front,
        study.objective().goals().size() == 1
            ? Ranking.best(study, BEST).stream()
                .filter(trial -> Ranking.isFeasible(trial.outcome(study.objective())))
                .toList()
            : List.of(),
        Convergence.of(study.objective().goals(), judged),
        FrontVolume.of(List.copyOf(study.objective().needs()), judged, front),
        importances.orElseGet(() -> Importances.of(study, judged)));
  }

  /** All trials in their order, judged. */
  static List<Judged> judged(Study study) {
    return study.trials().stream().map(trial -> Judged.of(trial, study.objective())).toList();
  }
}
