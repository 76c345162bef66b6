package dev.ppe.simulator.validation.fit;

import dev.ppe.simulator.RelatedEvaluations;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.validation.fit.FitOutcome.Constant;
import dev.ppe.simulator.validation.fit.FitOutcome.Part;
import dev.ppe.simulator.validation.fit.FittedConstant.Variation;
import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.HuberFit;
import dev.ppe.simulator.validation.statistics.HuberFit.Point;
import dev.ppe.simulator.validation.statistics.Pair;
import dev.ppe.simulator.validation.table.EvaluatedRow;
import dev.ppe.simulator.validation.table.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Constants of one machine, fitted together to all rows that can see one of them: a step of Gauss
 * and Newton's method from those in use, by Huber's estimator ({@link HuberFit}). Each constant is
 * varied by a twentieth, and figures are taken as linear in durations and in reciprocals of rates.
 * At the optimum a step changes nothing, so what is in use is the fit where both agree.
 *
 * <p>What a fit is worth is seen on networks that it has not seen: every network's rows, whatever
 * the device, are left out together and predicted by a fit to the others. The same fits give the
 * standard errors (the jackknife: (n - 1) / n times the sum of squares around their mean).
 *
 * @param id of the fit
 * @param rows kinds of rows, each with a scatter of its own
 * @param constants fitted
 */
public record ConstantFit(String id, List<FitRows> rows, List<FittedConstant> constants) {
  /** A row, the network that it is about, and its figure as a linear one. */
  private record Case(String network, Pair pair, Point point) {}

  public ConstantFit {
    rows = List.copyOf(rows);
    constants = List.copyOf(constants);
  }

  /**
   * Fits; there is no outcome with fewer networks than constants and two.
   *
   * @param source gives the evaluated rows of a kind's table
   */
  public Optional<FitOutcome> fit(Function<FitRows, List<EvaluatedRow>> source) {
    List<Variation> variations = constants.stream().map(FittedConstant::variation).toList();
    RelatedEvaluations evaluations = new RelatedEvaluations();
    List<Case> cases = new ArrayList<>();
    for (FitRows kind : rows) {
      for (EvaluatedRow row : kind.of(source.apply(kind))) {
        cases.add(of(kind, row, variations, evaluations));
      }
    }
    List<String> networks = cases.stream().map(Case::network).distinct().toList();
    return networks.size() < constants.size() + 2
        ? Optional.empty()
        : Optional.of(outcome(cases, networks));
  }

  private FitOutcome outcome(List<Case> cases, List<String> networks) {
    List<Double> start = constants.stream().map(one -> one.variable((double) one.value())).toList();
    HuberFit fit = HuberFit.of(points(cases, one -> true), start);
    Map<String, List<Double>> leftOut = new LinkedHashMap<>();
    for (String network : networks) {
      List<Point> others = points(cases, one -> !one.network().equals(network));
      leftOut.put(network, HuberFit.of(others, start).constants());
    }
    List<Constant> found = new ArrayList<>();
    for (int j = 0; j < constants.size(); j++) {
      found.add(constant(j, fit.constants().get(j), leftOut));
    }
    List<Part> parts = new ArrayList<>();
    for (FitRows kind : rows) {
      String title = kind.title();
      parts.add(
          part(
              title,
              fit.scales().getOrDefault(title, 0.0),
              cases.stream().filter(one -> one.point().group().equals(title)).toList(),
              fit,
              leftOut));
    }
    if (parts.size() > 1) {
      parts.add(part("all rows", 0, cases, fit, leftOut));
    }
    return new FitOutcome(id, networks.size(), found, parts);
  }

  private static List<Point> points(List<Case> cases, Predicate<Case> wanted) {
    return cases.stream().filter(wanted).map(Case::point).toList();
  }

  private Constant constant(int j, double variable, Map<String, List<Double>> leftOut) {
    FittedConstant constant = constants.get(j);
    double[] values =
        leftOut.values().stream().mapToDouble(fit -> constant.value(fit.get(j))).toArray();
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Constant(
        constant,
        constant.value(),
        constant.value(variable),
        Math.sqrt(squares * (values.length - 1) / values.length));
  }

  private static Part part(
      String title,
      double scale,
      List<Case> cases,
      HuberFit fit,
      Map<String, List<Double>> leftOut) {
    return new Part(
        title,
        scale,
        new Agreement(cases.stream().map(Case::pair).toList()),
        agreement(cases, one -> fit.constants()),
        agreement(cases, one -> leftOut.getOrDefault(one.network(), fit.constants())));
  }

  private static Agreement agreement(List<Case> cases, Function<Case, List<Double>> constants) {
    return new Agreement(
        cases.stream()
            .map(
                one ->
                    new Pair(one.point().measured(), one.point().predicted(constants.apply(one))))
            .toList());
  }

  private Case of(
      FitRows kind, EvaluatedRow row, List<Variation> variations, RelatedEvaluations evaluations) {
    CanonicalGraph network = CanonicalGraph.of(row.graph());
    Quantity quantity = kind.quantity();
    Pair pair = quantity.pair(row);
    String preset = row.evaluation().accelerator();
    double offset = pair.predicted();
    List<Double> slopes = new ArrayList<>();
    for (int j = 0; j < variations.size(); j++) {
      double slope =
          slope(quantity, pair.predicted(), network, preset, variations.get(j), evaluations);
      FittedConstant constant = constants.get(j);
      offset -= slope * constant.variable((double) constant.value());
      slopes.add(slope);
    }
    return new Case(network(row), pair, new Point(pair.measured(), offset, slopes, kind.title()));
  }

  /** What stands in brackets is a page, a head or a compiler of the same network. */
  private static String network(EvaluatedRow row) {
    return row.label().replaceAll("\\([^)]*\\)", "").strip().toLowerCase(Locale.ROOT);
  }

  private static double slope(
      Quantity quantity,
      double figure,
      CanonicalGraph network,
      String preset,
      Variation variation,
      RelatedEvaluations evaluations) {
    Accelerator more = variation.more().get(preset);
    return more == null
        ? 0
        : (figure(quantity, network, more, evaluations) - figure) / variation.difference();
  }

  private static double figure(
      Quantity quantity,
      CanonicalGraph network,
      Accelerator accelerator,
      RelatedEvaluations evaluations) {
    return quantity.model().applyAsDouble(evaluations.of(network, accelerator));
  }
}
