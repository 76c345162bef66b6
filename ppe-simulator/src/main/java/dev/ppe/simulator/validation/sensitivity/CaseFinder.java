package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.RelatedEvaluations;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.validation.data.Datasets;
import dev.ppe.simulator.validation.data.Row;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.subject.Subject;
import dev.ppe.simulator.validation.subject.Subjects;
import dev.ppe.simulator.validation.table.EvaluatedRow;
import dev.ppe.simulator.validation.table.Quantity;
import dev.ppe.simulator.validation.table.ValidationTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Finds the cases that tables have on a preset. */
final class CaseFinder {
  private final Datasets data;
  private final Subjects subjects;
  private final RelatedEvaluations evaluations;

  /** A network is built once, however many tables are about it. */
  private final Map<Row, Optional<Network>> networks = new HashMap<>();

  /** What a row is about, and where it is from. */
  private record Network(CanonicalGraph canonical, String origin) {}

  CaseFinder(Datasets data, Subjects subjects, RelatedEvaluations evaluations) {
    this.data = data;
    this.subjects = subjects;
    this.evaluations = evaluations;
  }

  /** The presets that a table has rows of. */
  Stream<String> presets(ValidationTable table) {
    return rows(table)
        .map(table::preset)
        .filter(preset -> Presets.find(preset).isPresent())
        .distinct();
  }

  /** All cases on a preset, figure after figure of each table. */
  List<Case> cases(String preset, List<ValidationTable> tables) {
    Costs costs = new Costs(Presets.get(preset), evaluations);
    List<Case> cases = new ArrayList<>();
    for (ValidationTable table : tables) {
      for (Quantity quantity : Case.quantities(table)) {
        rows(table)
            .filter(row -> table.preset(row).equals(preset) && row.has(quantity.column()))
            .forEach(row -> found(table, row, quantity, costs).ifPresent(cases::add));
      }
    }
    return cases;
  }

  private Stream<Row> rows(ValidationTable table) {
    return data.of(table.dataset()).stream().filter(table::includes);
  }

  /** Rows without a network, and those that the compiler has no program for, are no cases. */
  private Optional<Case> found(ValidationTable table, Row row, Quantity quantity, Costs costs) {
    try {
      return networks
          .computeIfAbsent(row, one -> network(table.subject(one, subjects)))
          .map(network -> costed(table, row, network, quantity, costs));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // as the tables do, which say so
    }
  }

  private static Case costed(
      ValidationTable table, Row row, Network network, Quantity quantity, Costs costs) {
    CanonicalGraph canonical = network.canonical();
    String label = table.label(row);
    Pair base =
        quantity.pair(
            new EvaluatedRow(row, label, network.origin(), canonical.graph(), costs.of(canonical)));
    return new Case(
        table.id(),
        Case.figure(quantity),
        label,
        canonical,
        quantity.model(),
        OptionalDouble.of(base.measured()),
        base.predicted());
  }

  private static Optional<Network> network(Subject subject) {
    return subject instanceof Subject.Found found
        ? Optional.of(new Network(CanonicalGraph.of(found.graph()), found.origin()))
        : Optional.empty();
  }
}
