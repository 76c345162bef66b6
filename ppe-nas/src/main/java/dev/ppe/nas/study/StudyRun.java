package dev.ppe.nas.study;

import dev.ppe.nas.backend.Backend;
import dev.ppe.nas.backend.BackendException;
import dev.ppe.nas.backend.Observation;
import dev.ppe.nas.backend.RecordedBatch;
import dev.ppe.nas.evaluate.CandidateEvaluator;
import dev.ppe.nas.evaluate.CostModel;
import dev.ppe.nas.evaluate.CostService;
import dev.ppe.nas.evaluate.ServiceCosts;
import dev.ppe.nas.quality.QualitySource;
import dev.ppe.nas.space.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Goes on with a study until its trials are done or the space has no more points.
 *
 * <p>A batch is asked of the back-end, written down, evaluated by all workers, and told as a whole;
 * then comes the next one. Batches that are recorded are asked and told in the same way, without
 * being evaluated, which brings the back-end to where it was. A point that comes again is not
 * evaluated again: its trial repeats the earlier one ({@link BatchEvaluator}).
 */
public final class StudyRun {
  private final StudyFile file;
  private final Study study;
  private final SimulatorCheck service;
  private final int workers;
  private final StudyListener listener;
  private final BackendSource backends;
  private final AtomicBoolean stopping = new AtomicBoolean();

  /** A run with a back-end of this process. */
  public StudyRun(
      StudyFile file,
      CostService service,
      int workers,
      boolean anyVersion,
      StudyListener listener) {
    this(file, service, workers, anyVersion, listener, BackendSource.LOCAL);
  }

  /**
   * A run.
   *
   * @param service who answers
   * @param workers how many candidates are evaluated at a time
   * @param anyVersion whether another version of the simulator may answer than did before
   * @param backends who makes the back-end
   */
  public StudyRun(
      StudyFile file,
      CostService service,
      int workers,
      boolean anyVersion,
      StudyListener listener,
      BackendSource backends) {
    this.file = file;
    this.study = file.study();
    this.workers = workers;
    this.listener = listener;
    this.backends = backends;
    String version = anyVersion ? "" : study.simulator().orElse("");
    this.service = new SimulatorCheck(study.name(), service, version);
  }

  /**
   * Goes on to the end.
   *
   * @return the study as it is then
   * @throws StudyException if the study cannot be written or gone on with, the machine cannot run
   *     its quality command, or a server that suggests points does not do so
   * @throws dev.ppe.client.PpeException if nobody answers; what was recorded stays
   * @throws IllegalArgumentException if parts of the definition do not fit together
   * @throws InterruptedException if the thread is interrupted; what was recorded stays
   */
  public Study run() throws InterruptedException {
    try {
      search();
    } catch (BackendException e) {
      throw new StudyException(
          "%s: %s; what was recorded is safe: mend that and resume"
              .formatted(study.name(), e.getMessage()),
          e);
    }
    return file.study();
  }

  /**
   * Records nothing any more: for a process that is told to end. Commands that are told so at the
   * same time would look like failures of their candidates.
   */
  public void stop() {
    stopping.set(true);
  }

  private void search() throws InterruptedException {
    StudyDefinition definition = study.definition();
    QualitySource quality = definition.quality().open(study.space().space());
    CostModel costs =
        switch (definition.costs()) {
          case CostDefinition.Service ask -> new ServiceCosts(service, definition.options());
          case CostDefinition.Learned learned -> learned.open(definition);
        };
    CandidateEvaluator evaluator =
        new CandidateEvaluator(study.space(), costs, study.objective(), quality);
    boolean remote = definition.backend().isRemote();
    Map<Long, String> names = remote ? file.suggestionNames() : Map.of();
    try (Backend backend = backends.open(study, remote ? file.identity() : "");
        Evaluations evaluations =
            new Evaluations(study.name(), evaluator, workers, stopping::get)) {
      BatchEvaluator batches = new BatchEvaluator(file, study, service, evaluations, listener);
      listener.begun(study);
      long number = 0;
      for (int batch = 0; number < study.limit(); batch++) {
        List<Trial> trials = recorded(batch, number);
        List<Point> points =
            trials.isEmpty()
                ? backend.suggest(definition.batch())
                : backend.suggestAgain(asRecorded(trials, names));
        if (points.isEmpty()) {
          return; // the space has no more
        }
        if (trials.isEmpty()) {
          trials = written(batch, number, points, backend.names());
        } else {
          requireSame(trials, points);
        }
        number += trials.size();
        trials = batches.evaluate(trials);
        if (trials.stream().allMatch(Trial::isDone)) { // else the limit is within the batch
          backend.tell(
              trials.stream()
                  .map(trial -> new Observation(trial.point(), trial.outcome(study.objective())))
                  .toList());
        }
      }
    }
  }

  /** The trials of a batch as they were recorded; none if it has not been suggested yet. */
  private List<Trial> recorded(int batch, long number) {
    int size = study.trials().size();
    return study.trials().subList((int) Math.min(number, size), size).stream()
        .takeWhile(trial -> trial.batch() == batch)
        .toList();
  }

  private RecordedBatch asRecorded(List<Trial> trials, Map<Long, String> names) {
    return new RecordedBatch(
        study.definition().batch(),
        trials.stream().map(Trial::point).toList(),
        trials.stream().map(Trial::number).filter(names::containsKey).map(names::get).toList(),
        trials.getLast().number() + 1 < study.trials().size());
  }

  private List<Trial> written(int batch, long number, List<Point> points, List<String> names) {
    List<Trial> trials = new ArrayList<>();
    for (Point point : points) {
      trials.add(Trial.suggested(number + trials.size(), batch, point));
    }
    file.suggest(trials, names);
    return List.copyOf(trials);
  }

  private void requireSame(List<Trial> recorded, List<Point> suggested) {
    if (!recorded.stream().map(Trial::point).toList().equals(suggested)) {
      throw new StudyException(
          "%s: its back-end suggests other points for trials %d to %d than were recorded: go on with the"
                  .formatted(
                      study.name(), recorded.getFirst().number(), recorded.getLast().number())
              + " program that began it");
    }
  }
}
