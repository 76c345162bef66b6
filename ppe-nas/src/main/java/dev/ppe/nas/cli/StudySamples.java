package dev.ppe.nas.cli;

import dev.ppe.nas.cost.Sample;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import dev.ppe.nas.study.Trial.Failed;
import java.util.List;
import java.util.stream.Stream;

/** Trials of a study as samples of costs. */
final class StudySamples {
  private StudySamples() {}

  /** Those that were evaluated, of the first {@code drawn} trials; each point once. */
  static List<Sample> of(Study study, long drawn) {
    return first(study, drawn)
        .filter(trial -> trial.repeatOf().isEmpty())
        .flatMap(
            trial ->
                trial.metrics().stream()
                    .map(metrics -> new Sample(trial.number(), trial.point(), metrics)))
        .toList();
  }

  /** Why others have no costs. */
  static List<String> failures(Study study, long drawn) {
    return first(study, drawn)
        .flatMap(
            trial ->
                trial.result() instanceof Failed(String reason)
                    ? Stream.of(reason)
                    : Stream.empty())
        .toList();
  }

  private static Stream<Trial> first(Study study, long drawn) {
    return study.trials().stream().limit(drawn);
  }
}
