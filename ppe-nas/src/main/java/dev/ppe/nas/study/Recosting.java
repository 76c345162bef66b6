package dev.ppe.nas.study;

import dev.ppe.nas.evaluate.CandidateEvaluator;
import dev.ppe.nas.evaluate.CostService;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.quality.Candidate;
import dev.ppe.nas.quality.Quality;
import dev.ppe.nas.quality.QualitySource;
import dev.ppe.v1.EstimateRequest;
import java.util.List;

/**
 * Asks the service for the costs of the winners of a search on a cost model: of its best ten or,
 * with several goals, of its front. Those that it was asked for before are not asked for again.
 */
public final class Recosting {
  private static final int WINNERS = 10;

  private final StudyFile file;
  private final Study study;
  private final SimulatorCheck service;
  private final int workers;

  /**
   * A run.
   *
   * @param service who answers
   * @param workers how many are asked for at a time
   * @param anyVersion whether another version of the simulator may answer than did before
   */
  public Recosting(StudyFile file, CostService service, int workers, boolean anyVersion) {
    this.file = file;
    this.study = file.study();
    this.workers = workers;
    String version =
        study.recosted().values().stream().map(Recosted::simulator).findFirst().orElse("");
    this.service = new SimulatorCheck(study.name(), service, anyVersion ? "" : version);
  }

  /** The trials that the service is asked for; none unless the study has a cost model. */
  public static List<Trial> winners(Study study) {
    if (study.definition().costs() instanceof CostDefinition.Service) {
      return List.of();
    }
    return study.objective().goals().size() > 1
        ? Ranking.front(study)
        : Ranking.best(study, WINNERS);
  }

  /**
   * Asks for all that are not known yet.
   *
   * @return the study as it is then
   * @throws dev.ppe.client.PpeException if nobody answers; what was recorded stays
   * @throws InterruptedException if the thread is interrupted; what was recorded stays
   */
  public Study run() throws InterruptedException {
    List<Trial> open =
        winners(study).stream()
            .filter(trial -> !study.recosted().containsKey(trial.number()))
            .toList();
    EstimateRequest options = study.definition().options();
    CandidateEvaluator evaluator =
        new CandidateEvaluator(
            study.space(), service, options, study.objective(), new Recorded(study.trials()));
    try (Evaluations evaluations = new Evaluations(study.name(), evaluator, workers, () -> false)) {
      evaluations.run(
          open,
          done ->
              file.recost(
                  done.stream()
                      .map(trial -> new Recosted(trial.number(), service.version(), trial.result()))
                      .toList()));
    }
    return file.study();
  }

  /** The qualities that trials had. */
  private record Recorded(List<Trial> trials) implements QualitySource {
    @Override
    public String name() {
      return "recorded";
    }

    @Override
    public Quality of(Candidate candidate) {
      return trials
          .get((int) candidate.trial())
          .metrics()
          .<Quality>map(metrics -> new Quality.Known(metrics.get(Metric.QUALITY)))
          .orElseGet(() -> new Quality.Unknown("the trial has no quality"));
    }
  }
}
