package dev.ppe.nas.study;

import dev.ppe.nas.space.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates what is open of a batch, and writes down what becomes of it. A point that comes again
 * is not evaluated again: its trial repeats the earlier one.
 */
final class BatchEvaluator {
  private final StudyFile file;
  private final Study study;
  private final SimulatorCheck service;
  private final Evaluations evaluations;
  private final StudyListener listener;
  private final Map<Point, Trial> evaluated = new HashMap<>();
  private String noted = "";
  private long firstOpen;

  /**
   * Before the first batch.
   *
   * @param file where results go
   * @param study as it was when the search began
   * @param service whose version is noted
   * @param evaluations who evaluates
   * @param listener hears of every result
   */
  BatchEvaluator(
      StudyFile file,
      Study study,
      SimulatorCheck service,
      Evaluations evaluations,
      StudyListener listener) {
    this.file = file;
    this.study = study;
    this.service = service;
    this.evaluations = evaluations;
    this.listener = listener;
  }

  /**
   * Evaluates what is open of a batch, up to the study's limit.
   *
   * @return the batch as it is then
   * @throws InterruptedException if the thread is interrupted; what was recorded stays
   */
  List<Trial> evaluate(List<Trial> trials) throws InterruptedException {
    Map<Long, Trial> results = new LinkedHashMap<>();
    Map<Point, List<Trial>> open = new LinkedHashMap<>();
    List<Trial> repeats = new ArrayList<>();
    for (Trial trial : trials) {
      results.put(trial.number(), trial);
      Trial earlier = evaluated.get(trial.point());
      if (trial.isDone()) {
        evaluated.putIfAbsent(trial.point(), trial);
      } else if (trial.number() < study.limit()) {
        if (earlier == null) {
          open.computeIfAbsent(trial.point(), point -> new ArrayList<>()).add(trial);
        } else {
          repeats.add(trial.repeating(earlier));
        }
      }
    }
    firstOpen = firstOpen(trials);
    record(repeats, results);
    evaluations.run(
        open.values().stream().map(List::getFirst).toList(),
        firsts -> record(withEqual(firsts, open), results));
    return List.copyOf(results.values());
  }

  private List<Trial> withEqual(List<Trial> firsts, Map<Point, List<Trial>> open) {
    List<Trial> done = new ArrayList<>();
    for (Trial first : firsts) {
      done.add(first);
      evaluated.put(first.point(), first);
      List<Trial> equal = open.getOrDefault(first.point(), List.of());
      equal.stream().skip(1).map(trial -> trial.repeating(first)).forEach(done::add);
    }
    return done;
  }

  /**
   * The first trial of a batch that is to be done: answers of a simulator count from there on,
   * whichever worker is the first to have one. A trial that another simulator is noted for keeps
   * it.
   */
  private long firstOpen(List<Trial> batch) {
    return batch.stream()
        .filter(trial -> !trial.isDone())
        .mapToLong(Trial::number)
        .filter(number -> !study.simulators().containsKey(number))
        .findFirst()
        .orElse(batch.getLast().number() + 1);
  }

  private void record(List<Trial> done, Map<Long, Trial> results) {
    if (done.isEmpty()) {
      return;
    }
    noteSimulator();
    file.record(done);
    for (Trial trial : done) {
      results.put(trial.number(), trial);
      listener.recorded(trial);
    }
  }

  /** Before the results: a version without trials does no harm, trials without a version would. */
  private void noteSimulator() {
    String version = service.version();
    if (!version.equals(noted)) {
      noted = version;
      if (!study.simulator().equals(Optional.of(version))) {
        file.simulator(firstOpen, version);
      }
    }
  }
}
