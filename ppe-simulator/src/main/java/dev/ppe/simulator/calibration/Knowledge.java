package dev.ppe.simulator.calibration;

import dev.ppe.simulator.calibration.Identification.Selection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a fit knows of its variables. One that ran to the end of its range, whose standard error is
 * above 30 %, or that the rows which count do not carry as they would have to ({@link
 * Identification}), is not known.
 */
final class Knowledge {
  private static final double LARGEST_ERROR = 0.3;
  private static final double OPEN = 10;

  /** A row with less weight carries nothing. */
  private static final double LEAST_WEIGHT = 0.1;

  private final Fit fit;
  private final List<Measurement> rows;
  private final double[] errors;

  Knowledge(Fit fit, List<Measurement> rows) {
    this.fit = fit;
    this.rows = rows;
    this.errors = fit.standardErrors();
    for (int j = 0; j < errors.length; j++) {
      errors[j] /= fit.variables().get(j).size(fit.x()[j]);
    }
  }

  /** The variable that is least known, whether it is known well enough or not. */
  int leastKnown() {
    return IntStream.range(0, errors.length)
        .reduce((a, b) -> errors[b] > errors[a] ? b : a)
        .orElseThrow();
  }

  /**
   * A variable that is not known well enough.
   *
   * @param reasons takes up why
   */
  OptionalInt unknown(Map<Parameter, String> reasons) {
    for (int j = 0; j < errors.length; j++) {
      Variable variable = fit.variables().get(j);
      if (variable.isAtEnd(fit.x()[j])) {
        reasons.put(
            variable.parameter(),
            "the rows would drive it to %d".formatted(variable.value(fit.x()[j])));
        return OptionalInt.of(j);
      }
    }
    int worst = leastKnown();
    if (!(errors[worst] <= LARGEST_ERROR)) {
      reasons.put(
          fit.variables().get(worst).parameter(),
          errors[worst] < OPEN
              ? "the rows leave it uncertain by %.0f %%".formatted(errors[worst] * 100)
              : "the rows leave it open");
      return OptionalInt.of(worst);
    }
    return notCarried(reasons);
  }

  /** By the rows that count. */
  private OptionalInt notCarried(Map<Parameter, String> reasons) {
    double[] weights = fit.weights();
    Selection selection =
        Identification.select(
            fit.variables(),
            fit.model().only(i -> weights[i] >= LEAST_WEIGHT),
            IntStream.range(0, rows.size())
                .filter(i -> weights[i] >= LEAST_WEIGHT)
                .mapToObj(rows::get)
                .toList());
    for (int j = 0; j < errors.length; j++) { // one at a time: the others may be carried without it
      Parameter parameter = fit.variables().get(j).parameter();
      String reason = selection.reasons().get(parameter);
      if (reason != null) {
        reasons.put(parameter, reason);
        return OptionalInt.of(j);
      }
    }
    return OptionalInt.empty();
  }
}
