package dev.ppe.simulator.calibration;

import dev.ppe.simulator.calibration.Calibration.Fitted;
import dev.ppe.simulator.calibration.Calibration.Kept;
import dev.ppe.simulator.calibration.Calibration.Row;
import dev.ppe.simulator.calibration.Identification.Selection;
import dev.ppe.simulator.calibration.Predictor.Question;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fits an accelerator's constants to measured latencies or energies.
 *
 * <p>Of the constants that may be fitted those are taken that the rows can tell apart ({@link
 * Identification}); {@link Descent} makes the logarithms of predicted over measured figures small,
 * with less weight for rows that are far off. A constant that the rows with weight do not carry
 * then ({@link Knowledge}) goes back to what it was, and the others are fitted again. In the end
 * each row is left out once, and predicted by the simulator with the constants that the others
 * give: where the constants before predict them better, one more goes back. If none is left, there
 * is no fit.
 */
public final class Calibrator {
  /** Fewer rows leave nothing to check a fit with. */
  public static final int LEAST_ROWS = 3;

  private static final String NOT_ASKED_FOR = "not asked for";

  private final Quantity quantity;
  private final AcceleratorDocument document;
  private final List<Measurement> rows;
  private final double[] measured;
  private final Experiment experiment;
  private final Map<Parameter, String> reasons = new EnumMap<>(Parameter.class);

  private Calibrator(AcceleratorDocument document, List<Measurement> rows, Predictor predictor) {
    this.quantity = rows.getFirst().quantity();
    this.document = quantity.writtenOut(document);
    this.rows = List.copyOf(rows);
    this.measured = rows.stream().mapToDouble(Measurement::value).toArray();
    this.experiment = new Experiment(this.document, rows.size(), predictor);
  }

  /**
   * Fits.
   *
   * @param document the accelerator as it is
   * @param rows what was measured: latencies or energies
   * @param wanted the constants that may be fitted; those that the accelerator does not have, or
   *     that rows of this quantity do not tell of, are passed over
   * @param predictor answers for the rows by their index
   * @throws CalibrationException if there are too few rows, if they determine no constant, or if no
   *     fit predicts rows left out as well as the accelerator as it is
   */
  public static Calibration calibrate(
      AcceleratorDocument document,
      List<Measurement> rows,
      Set<Parameter> wanted,
      Predictor predictor) {
    requireEnough(rows);
    if (rows.stream().map(Measurement::quantity).distinct().count() > 1) {
      throw new IllegalArgumentException("latencies and energies are fitted one after the other");
    }
    return new Calibrator(document, rows, predictor).calibrate(wanted);
  }

  /**
   * Passes if there are rows for one constant and to check it.
   *
   * @throws CalibrationException if there are too few
   */
  public static void requireEnough(List<Measurement> rows) {
    if (rows.size() < LEAST_ROWS) {
      throw new CalibrationException(
          "%d %s%s: %d are needed at least, for one constant and to check it"
              .formatted(
                  rows.size(),
                  rows.size() == 1 ? "row" : "rows",
                  rows.stream().anyMatch(row -> row.quantity() == Quantity.ENERGY)
                      ? " of energies"
                      : "",
                  LEAST_ROWS));
    }
  }

  private Calibration calibrate(Set<Parameter> wanted) {
    List<Variable> variables = select(candidates(wanted));
    double[] x = first(variables);
    while (!variables.isEmpty()) {
      Fit fit = new Descent(experiment, variables, measured).from(x);
      Knowledge knowledge = new Knowledge(fit, rows);
      OptionalInt unknown = knowledge.unknown(reasons);
      if (unknown.isEmpty()) {
        Calibration calibration = calibration(fit);
        Optional<String> objection = Objection.to(calibration);
        if (objection.isEmpty()) {
          return calibration;
        }
        unknown = OptionalInt.of(knowledge.leastKnown());
        reasons.put(variables.get(unknown.getAsInt()).parameter(), objection.get());
      }
      variables.remove(unknown.getAsInt());
      x = without(fit.x(), unknown.getAsInt());
    }
    throw new CalibrationException(
        "nothing is fitted to the %s; %s"
            .formatted(
                quantity == Quantity.LATENCY ? "latencies" : "energies",
                reasons.entrySet().stream()
                    .filter(reason -> !reason.getValue().equals(NOT_ASKED_FOR))
                    .map(reason -> reason.getKey().path() + ": " + reason.getValue())
                    .collect(Collectors.joining("; "))));
  }

  private List<Variable> candidates(Set<Parameter> wanted) {
    List<Variable> candidates = new ArrayList<>();
    for (Parameter parameter : Parameter.values()) {
      OptionalLong value = document.number(parameter.path());
      if (value.isEmpty() || parameter.quantity() != quantity) {
        continue;
      }
      if (wanted.contains(parameter)) {
        candidates.add(new Variable(parameter, value.getAsLong()));
      } else {
        reasons.put(parameter, NOT_ASKED_FOR);
      }
    }
    return candidates;
  }

  private List<Variable> select(List<Variable> candidates) {
    Selection selection =
        Identification.select(candidates, experiment.around(candidates, first(candidates)), rows);
    reasons.putAll(selection.reasons());
    return new ArrayList<>(selection.taken());
  }

  private static double[] first(List<Variable> variables) {
    return variables.stream().mapToDouble(Variable::first).toArray();
  }

  private static double[] without(double[] x, int j) {
    double[] rest = Arrays.copyOf(x, x.length - 1);
    System.arraycopy(x, j + 1, rest, j, rest.length - j);
    return rest;
  }

  private Calibration calibration(Fit fit) {
    AcceleratorDocument after = experiment.document(fit.variables(), fit.x());
    List<Fitted> fitted = new ArrayList<>();
    double[] errors = fit.standardErrors();
    for (int j = 0; j < errors.length; j++) {
      Variable variable = fit.variables().get(j);
      long value = variable.value(fit.x()[j]);
      fitted.add(
          new Fitted(
              variable.parameter(),
              variable.start(),
              value,
              variable.error(fit.x()[j], errors[j])));
    }
    List<Kept> kept = new ArrayList<>();
    reasons.forEach(
        (parameter, reason) ->
            kept.add(new Kept(parameter, document.number(parameter.path()).orElseThrow(), reason)));
    return new Calibration(quantity, document, after, fitted, kept, rows(fit));
  }

  private List<Row> rows(Fit fit) {
    double[] before = experiment.values(List.of(), new double[0]);
    double[] after = fit.model().values();
    double[] leftOut = leftOut(fit);
    double[] residuals = fit.residuals();
    double scale = fit.scale();
    List<Row> result = new ArrayList<>();
    for (int i = 0; i < after.length; i++) {
      result.add(
          new Row(
              rows.get(i),
              before[i],
              after[i],
              leftOut[i],
              Robust.weight(residuals[i], scale),
              Robust.isOutlier(residuals[i], scale)));
    }
    return result;
  }

  private double[] leftOut(Fit fit) {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      questions.add(
          new Question(i, experiment.document(fit.variables(), fit.without(i)).accelerator()));
    }
    return experiment.ask(questions);
  }
}
