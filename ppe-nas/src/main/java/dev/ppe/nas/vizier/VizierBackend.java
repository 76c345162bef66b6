package dev.ppe.nas.vizier;

import dev.ppe.foreign.vizier.Study;
import dev.ppe.foreign.vizier.StudySpec;
import dev.ppe.foreign.vizier.SuggestTrialsResponse;
import dev.ppe.foreign.vizier.Trial;
import dev.ppe.nas.backend.BackendException;
import dev.ppe.nas.backend.Observation;
import dev.ppe.nas.backend.RecordedBatch;
import dev.ppe.nas.backend.Turns;
import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.space.Point;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.vizier.VizierSpace.Broken;
import dev.ppe.nas.vizier.VizierSpace.Valid;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Points that a Vizier server suggests.
 *
 * <p>The server keeps the trials that it suggested to a client until they are completed, and
 * suggests them again to that client. So nothing is lost if a process ends before it has recorded
 * them. A batch that was recorded is not asked for again: only the last one can have trials whose
 * results the server has not heard, and it is asked which.
 *
 * <p>Suggestions that are no points of the space are completed as infeasible, or repaired ({@link
 * VizierSettings.Constraints}).
 */
public final class VizierBackend extends Turns {
  /** After so many suggestions that are no points, a batch is what it is. */
  private static final int MOST_BROKEN = 1_000;

  private static final String TRIALS = "/trials/";

  /**
   * Who searches, and in which study.
   *
   * @param study what it is called on the server, unless the settings say
   * @param client under this name the server knows whose trials are open
   */
  public record Identity(String study, String client) {}

  private final VizierServer server;
  private final VizierSettings settings;
  private final Identity identity;
  private final VizierSpace space;
  private final VizierMetrics metrics;
  private final StudySpec spec;
  private Optional<String> study = Optional.empty();
  private List<String> names = List.of();
  private final Set<String> completed = new HashSet<>();

  /**
   * A back-end; nothing is asked of the server yet, which is closed with it.
   *
   * @throws IllegalArgumentException if the study's name is none
   */
  public VizierBackend(
      VizierServer server,
      VizierSettings settings,
      Identity identity,
      SearchSpace space,
      Objective objective) {
    this.server = server;
    this.settings = settings;
    this.identity = identity;
    this.space = new VizierSpace(space, settings.constraints());
    metrics = VizierMetrics.of(objective, settings.limits());
    spec = VizierSpec.of(this.space, metrics, settings.algorithm());
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  protected List<Point> next(int count) {
    String name = study();
    Map<String, Point> batch = new LinkedHashMap<>();
    Set<String> broken = new HashSet<>();
    String lastReason = "";
    boolean fresh = true;
    while (batch.size() < count && fresh && broken.size() < MOST_BROKEN) {
      fresh = false;
      SuggestTrialsResponse response = server.suggest(name, count, identity.client());
      for (Trial trial : response.getTrialsList()) {
        if (batch.size() == count) {
          break; // it stays open, and comes again
        }
        if (batch.containsKey(trial.getName()) || broken.contains(trial.getName())) {
          continue;
        }
        fresh = true;
        switch (space.read(trial)) {
          case Valid(Point point) -> batch.put(trial.getName(), point);
          case Broken(String reason) -> {
            server.complete(VizierMetrics.infeasible(trial.getName(), reason));
            broken.add(trial.getName());
            lastReason = reason;
          }
        }
      }
    }
    if (broken.size() >= MOST_BROKEN && batch.isEmpty()) {
      throw new BackendException(
          "%s has suggested %d trials that are no points of the space (the last one: %s); --setting constraints=repair takes the nearest points"
              .formatted(server.name(), broken.size(), lastReason));
    }
    names = List.copyOf(batch.keySet());
    completed.clear();
    return List.copyOf(batch.values());
  }

  /** The study, made if there is none of its name. */
  private String study() {
    if (study.isEmpty()) {
      Study wanted =
          Study.newBuilder()
              .setDisplayName(settings.study().orElse(identity.study()))
              .setStudySpec(spec)
              .build();
      Study found = server.createStudy(settings.owner(), wanted);
      requireSame(found);
      study = Optional.of(found.getName());
    }
    return study.get();
  }

  private void requireSame(Study found) {
    Optional<String> difference = VizierSpec.difference(spec, found.getStudySpec());
    if (difference.isPresent()) {
      throw new BackendException(
          "%s has a study %s that %s; --setting study=NAME gives another name"
              .formatted(server.name(), found.getName(), difference.get()));
    }
  }

  @Override
  protected List<Point> nextAgain(RecordedBatch batch) {
    if (batch.names().size() != batch.points().size()) {
      throw new BackendException(
          "%d names of trials are recorded of %d points"
              .formatted(batch.names().size(), batch.points().size()));
    }
    names = batch.names();
    completed.clear();
    if (batch.followed()) {
      completed.addAll(names); // or the server would not have been asked for more
    } else if (!names.isEmpty()) {
      study = Optional.of(found(names.getFirst()));
      for (int i = 0; i < names.size(); i++) {
        check(names.get(i), batch.points().get(i));
      }
    }
    return batch.points();
  }

  /** The study of a recorded trial. */
  private String found(String trial) {
    int end = trial.indexOf(TRIALS);
    String name = trial.substring(0, Math.max(0, end));
    Study found =
        server
            .study(name)
            .orElseThrow(
                () ->
                    new BackendException(
                        "%s has no study %s any more, and what it learnt is gone; begin another search"
                            .formatted(server.name(), name)));
    requireSame(found);
    return name;
  }

  /** Whether the server has heard of a trial, which must be the recorded one. */
  private void check(String name, Point point) {
    Trial trial =
        server
            .trial(name)
            .orElseThrow(
                () ->
                    new BackendException(
                        "%s has no trial %s, which was recorded: is it the server of this search?"
                            .formatted(server.name(), name)));
    if (!(space.read(trial) instanceof Valid(Point there)) || !there.equals(point)) {
      throw new BackendException(
          "%s has another point in its trial %s than was recorded: is it the server of this search?"
              .formatted(server.name(), name));
    }
    if (trial.getState() == Trial.State.SUCCEEDED || trial.getState() == Trial.State.INFEASIBLE) {
      completed.add(name);
    }
  }

  @Override
  protected void learn(List<Observation> observations) {
    for (int i = 0; i < observations.size(); i++) {
      if (completed.add(names.get(i))) {
        server.complete(metrics.completed(names.get(i), observations.get(i).outcome()));
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
