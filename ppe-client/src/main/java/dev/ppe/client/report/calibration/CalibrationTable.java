package dev.ppe.client.report.calibration;

import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.client.report.Units;
import dev.ppe.simulator.calibration.Calibration;
import dev.ppe.simulator.calibration.Calibration.Fitted;
import dev.ppe.simulator.calibration.Calibration.Kept;
import dev.ppe.simulator.calibration.Calibration.Row;
import dev.ppe.simulator.calibration.Parameter;
import dev.ppe.simulator.validation.statistics.Agreement;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** For people: the constants, how well they agree before and after, and every row. */
public final class CalibrationTable implements CalibrationWriter {
  private static final int LEAST_NAME = 20;
  private static final double NS_PER_US = 1e3;
  private static final double US_PER_MS = 1e3;
  private static final String NONE = "-";

  private final PrintWriter out;
  private final int width;

  /** Prints lines of {@code width} characters. */
  public CalibrationTable(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  @Override
  public void write(Calibration calibration) {
    out.printf(
        "%s   %d of %d constants fitted to %d measurements%n%n",
        calibration.before().accelerator().name(),
        calibration.fitted().size(),
        calibration.fitted().size() + calibration.kept().size(),
        calibration.rows().size());
    constants(calibration);
    out.println();
    agreements(calibration);
    out.println();
    rows(calibration);
  }

  private void constants(Calibration calibration) {
    TextTable table =
        new TextTable(
            width,
            " ",
            List.of(
                Column.names("constant", LEAST_NAME),
                Column.right("before"),
                Column.right("after"),
                Column.right("error"),
                Column.sentences("")));
    for (Fitted fitted : calibration.fitted()) {
      Parameter parameter = fitted.parameter();
      table.row(
          List.of(
              parameter.path(),
              value(parameter, fitted.before()),
              value(parameter, fitted.after()),
              fitted.after() == 0 ? NONE : Units.percent(fitted.error() / fitted.after()),
              ""));
    }
    for (Kept kept : calibration.kept()) {
      table.row(
          List.of(
              kept.parameter().path(),
              value(kept.parameter(), kept.value()),
              NONE,
              NONE,
              "as it was: " + kept.reason()));
    }
    table.print(out);
  }

  private static String value(Parameter parameter, long value) {
    return switch (parameter.kind()) {
      case DURATION -> Units.TIME.format(value / NS_PER_US);
      case RATE -> Units.BANDWIDTH.format(value);
      case CLOCK -> Units.FREQUENCY.format(value);
    };
  }

  private void agreements(Calibration calibration) {
    TextTable table =
        new TextTable(
            width,
            " ",
            List.of(
                Column.names("agreement", LEAST_NAME),
                Column.right("mean error"),
                Column.right("worst"),
                Column.right("R2"),
                Column.right("log R2"),
                Column.right("Kendall"),
                Column.right("Spearman")));
    agreement(table, "before", calibration.agreementBefore());
    agreement(table, "after", calibration.agreementAfter());
    agreement(table, "each row left out once", calibration.agreementLeftOut());
    table.print(out);
  }

  private static void agreement(TextTable table, String name, Agreement agreement) {
    table.row(
        List.of(
            name,
            agreement.meanError().isPresent()
                ? format("%.1f %%", 100 * agreement.meanError().getAsDouble())
                : NONE,
            agreement.worstError().isPresent()
                ? signed(agreement.worstError().getAsDouble())
                : NONE,
            coefficient(agreement.determination()),
            coefficient(agreement.logDetermination()),
            coefficient(agreement.kendallTau()),
            coefficient(agreement.spearmanRho())));
  }

  private void rows(Calibration calibration) {
    TextTable table =
        new TextTable(
            width,
            " ",
            List.of(
                Column.right("line"),
                Column.names("model", LEAST_NAME),
                Column.right("measured"),
                Column.right("before"),
                Column.right("after"),
                Column.right("left out"),
                Column.right("weight"),
                Column.left("")));
    for (Row row : calibration.rows()) {
      double measured = row.measurement().milliseconds();
      table.row(
          List.of(
              Integer.toString(row.measurement().line()),
              name(row),
              Units.TIME.format(measured * US_PER_MS),
              signed(row.before() / measured - 1),
              signed(row.after() / measured - 1),
              signed(row.leftOut() / measured - 1),
              row.weight() == 1 ? "1" : format("%.2f", row.weight()),
              row.outlier() ? "outlier" : ""));
    }
    table.print(out);
  }

  private static String name(Row row) {
    String model = row.measurement().model();
    return row.measurement().inputSize().isPresent()
        ? "%s (%d)".formatted(model, row.measurement().inputSize().getAsInt())
        : model;
  }

  private static String signed(double share) {
    return format(Math.abs(share) < 0.0995 ? "%+.1f %%" : "%+.0f %%", 100 * share);
  }

  private static String coefficient(OptionalDouble value) {
    return value.isPresent() ? format("%.3f", value.getAsDouble()) : NONE;
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
