package dev.ppe.nas.study;

import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.topology.ModelSpace;
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
    StudyDefinition definition = DefinitionTable.read(database);
    try {
      ModelSpace space = definition.modelSpace();
      List<Trial> trials = TrialTable.read(database, space.space());
      return new Study(
          database.name(),
          definition,
          space,
          definition.goal(),
          database.number("SELECT trials FROM study"),
          simulators(database),
          trials,
          Schema.hasCostModel(database)
              ? RecostTable.read(database, trials)
              : Collections.emptyNavigableMap());
    } catch (IllegalArgumentException e) {
      throw new StudyException(
          "%s: is damaged, or of another version: %s".formatted(database.name(), e.getMessage()),
          e);
    }
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

  /** The trials that have an outcome. */
  public List<Trial> done() {
    return trials.stream().filter(Trial::isDone).toList();
  }
}
