package dev.ppe.simulator.calibration;

import dev.ppe.simulator.validation.statistics.Agreement;
import java.util.Locale;
import java.util.Optional;

/** What speaks against a fit as a whole: it is no better than none, or is one of too few rows. */
final class Objection {
  /** A larger part than a quarter is no part that stands out. */
  private static final int ROWS_FOR_AN_OUTLIER = 4;

  /** Differences of mean errors below it are rounding. */
  private static final double ROUNDING = 1e-4;

  private Objection() {}

  /** The reason not to take it, if there is one. */
  static Optional<String> to(Calibration calibration) {
    int outliers = calibration.outliers().size();
    if (outliers * ROWS_FOR_AN_OUTLIER > calibration.rows().size()) {
      return Optional.of(
          "a fit with it leaves %d of %d rows as outliers"
              .formatted(outliers, calibration.rows().size()));
    }
    Calibration without = calibration.withoutOutliers();
    double before = meanError(without.agreementBefore());
    double leftOut = meanError(without.agreementLeftOut());
    if (leftOut > before + ROUNDING) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "a fit with it is off by %.1f %% on rows left out, the constants before by %.1f %%",
              100 * leftOut,
              100 * before));
    }
    return Optional.empty();
  }

  private static double meanError(Agreement agreement) {
    return agreement.meanError().orElseThrow();
  }
}
