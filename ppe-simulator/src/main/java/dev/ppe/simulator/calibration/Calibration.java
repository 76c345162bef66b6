package dev.ppe.simulator.calibration;

import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.validation.statistics.Agreement;
import dev.ppe.simulator.validation.statistics.Pair;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a calibration came to.
 *
 * @param quantity what was measured
 * @param before the accelerator as it was
 * @param after with the fitted constants, under a name of its own
 * @param fitted the constants that were fitted
 * @param kept those that were not, with the reason
 * @param rows every measurement with its predictions
 */
public record Calibration(
    Quantity quantity,
    AcceleratorDocument before,
    AcceleratorDocument after,
    List<Fitted> fitted,
    List<Kept> kept,
    List<Row> rows) {
  /**
   * A fitted constant.
   *
   * @param parameter which
   * @param before its value
   * @param after its value
   * @param error standard error of the fitted value, in its unit
   */
  public record Fitted(Parameter parameter, long before, long after, double error) {}

  /** A constant that stays as it is. */
  public record Kept(Parameter parameter, long value, String reason) {}

  /**
   * A measurement.
   *
   * @param measurement as it stands in the file
   * @param before predicted with the constants before, in the unit of the quantity
   * @param after predicted with the fitted ones
   * @param leftOut predicted with constants fitted to all other rows
   * @param weight in the fit: 1 for most rows, less for rows that are far off
   * @param outlier whether it is so far off, by the residuals of the others, that something else
   *     must have been measured
   */
  public record Row(
      Measurement measurement,
      double before,
      double after,
      double leftOut,
      double weight,
      boolean outlier) {
    /** (after - measured) / measured. */
    public double error() {
      return after / measurement.value() - 1;
    }
  }

  public Calibration {
    fitted = List.copyOf(fitted);
    kept = List.copyOf(kept);
    rows = List.copyOf(rows);
  }

  /** With the constants before. */
  public Agreement agreementBefore() {
    return agreement(Row::before);
  }

  /** With the fitted constants. */
  public Agreement agreementAfter() {
    return agreement(Row::after);
  }

  /** Of each row with a fit to all others: what is to be expected of other networks of the kind. */
  public Agreement agreementLeftOut() {
    return agreement(Row::leftOut);
  }

  /** The rows that are outliers. */
  public List<Row> outliers() {
    return rows.stream().filter(Row::outlier).toList();
  }

  /** The same with the rows that are no outliers alone. */
  public Calibration withoutOutliers() {
    return new Calibration(
        quantity,
        before,
        after,
        fitted,
        kept,
        rows.stream().filter(row -> !row.outlier()).toList());
  }

  private Agreement agreement(ToDoubleFunction<Row> predicted) {
    return new Agreement(
        rows.stream()
            .map(row -> new Pair(row.measurement().value(), predicted.applyAsDouble(row)))
            .toList());
  }
}
