package dev.ppe.nas.study;

import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.topology.ModelSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a study file holds, at one time.
 *
 * @param name of the file
 * @param definition what is searched
 * @param space of the definition
 * @param objective of the definition
 * @param limit how many trials are wanted
 * @param simulators the simulator's version by the first trial that it answered
 * @param trials in their order; those suggested ahead included
 * @param recosted what the service says of trials, by number, where costs were predicted
 */
public record Study(
    String name,
    StudyDefinition definition,
    ModelSpace space,
    Objective objective,
    long limit,
    NavigableMap<Long, String> simulators,
    List<Trial> trials,
    NavigableMap<Long, Recosted> recosted) {
  public Study {
    trials = List.copyOf(trials);
  }

  static Study read(Database database) {
    return read(database, DefinitionTable.read(database));
  }

  private static Study read(Database database, StudyDefinition definition) {
    try {
      ModelSpace space = definition.modelSpace();
      List<Trial> trials = TrialTable.read(database, space.space(), 0);
      return new Study(
          database.name(),
          definition,
          space,
          definition.goal(),
          database.number("SELECT trials FROM study"),
          simulators(database),
          trials,
          recosted(database, trials));
    } catch (IllegalArgumentException e) {
      throw new StudyException(
          "%s: is damaged, or of another version: %s".formatted(database.name(), e.getMessage()),
          e);
    }
  }

  /** What a file holds that held {@code before}: trials that were done then are not read again. */
  static Study read(Database database, Study before) {
    StudyDefinition definition = DefinitionTable.read(database);
    int last = before.firstOpen() - 1; // read again to see that it is still the same search
    if (!definition.equals(before.definition()) || last < 0) {
      return read(database, definition);
    }
    if (database.number("SELECT count(*) FROM trial") <= last) {
      return read(database, definition);
    }
    List<Trial> later = TrialTable.read(database, before.space().space(), last);
    if (!later.getFirst().equals(before.trials().get(last))) {
      return read(database, definition);
    }
    List<Trial> trials = new ArrayList<>(before.trials().subList(0, last));
    trials.addAll(later);
    return new Study(
        database.name(),
        definition,
        before.space(),
        before.objective(),
        database.number("SELECT trials FROM study"),
        simulators(database),
        trials,
        recosted(database, trials));
  }

  private static NavigableMap<Long, Recosted> recosted(Database database, List<Trial> trials) {
    return Schema.hasCostModel(database)
        ? RecostTable.read(database, trials)
        : Collections.emptyNavigableMap();
  }

  private static NavigableMap<Long, String> simulators(Database database) {
    NavigableMap<Long, String> versions = new TreeMap<>();
    database
        .query(
            "SELECT from_trial, version FROM simulator",
            row -> Map.entry(row.getLong(1), row.getString(2)))
        .forEach(entry -> versions.put(entry.getKey(), entry.getValue()));
    return versions;
  }

  /** The version of the simulator that answered last; empty if none has yet. */
  public Optional<String> simulator() {
    return simulators.values().stream().reduce((earlier, later) -> later);
  }

  /** The number of the first trial without an outcome: all before it stay as they are. */
  public int firstOpen() {
    for (int i = 0; i < trials.size(); i++) {
      if (!trials.get(i).isDone()) {
        return i;
      }
    }
    return trials.size();
  }

  /** The trials that have an outcome. */
  public List<Trial> done() {
    return trials.stream().filter(Trial::isDone).toList();
  }
}
