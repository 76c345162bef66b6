package dev.ppe.simulator.validation.sensitivity;

import dev.ppe.simulator.validation.sensitivity.Effect.Change;
import dev.ppe.simulator.validation.sensitivity.Variation.Outcome;
import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The cases of a preset that are about one figure.
 *
 * @param figure what it is reported under
 * @param cases about it
 * @param places where these stand among all cases, and their figures among an outcome's
 */
record FigureCases(String figure, List<Case> cases, List<Integer> places) {
  /** The same cases, parted by what they are about. */
  static List<FigureCases> in(List<Case> all) {
    return all.stream().map(Case::figure).distinct().map(figure -> of(figure, all)).toList();
  }

  private static FigureCases of(String figure, List<Case> all) {
    List<Integer> places =
        IntStream.range(0, all.size())
            .filter(i -> all.get(i).figure().equals(figure))
            .boxed()
            .toList();
    return new FigureCases(figure, places.stream().map(all::get).toList(), places);
  }

  /** The tables that they are from, or the networks. */
  List<String> sources() {
    return cases.stream().map(Case::source).distinct().toList();
  }

  /** Of the preset as it is; empty where nothing was measured. */
  OptionalDouble meanError() {
    return meanError(cases.stream().map(Case::base).toList());
  }

  /** What another value does to them. */
  Effect effect(Outcome outcome) {
    if (!outcome.refused().isEmpty()) {
      return Effect.refused(outcome.value(), outcome.refused());
    }
    List<Double> figures = places.stream().map(outcome.figures()::get).toList();
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      changes.add(new Change(one.label(), one.change(figures.get(i))));
    }
    return Effect.of(outcome.value(), changes, meanError(figures));
  }

  private OptionalDouble meanError(List<Double> predicted) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      cases.get(i).pair(predicted.get(i)).ifPresent(pairs::add);
    }
    return new Agreement(pairs).meanError();
  }
}
