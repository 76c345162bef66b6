package dev.ppe.client.report.calibration;

import dev.ppe.client.report.TextTable;
import dev.ppe.client.report.TextTable.Column;
import dev.ppe.report.answer.Units;
import dev.ppe.simulator.calibration.Calibration;
import dev.ppe.simulator.calibration.Calibration.Fitted;
import dev.ppe.simulator.calibration.Calibration.Kept;
import dev.ppe.simulator.calibration.Calibration.Row;
import dev.ppe.simulator.calibration.Parameter;
import dev.ppe.simulator.calibration.Quantity;
import dev.ppe.simulator.validation.statistics.Agreement;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalDouble;

/** For people: the constants, how well they agree before and after, and every row. */
public final class CalibrationTable implements CalibrationWriter {
  private static final int LEAST_NAME = 20;
  private static final String NONE = "-";

  private final PrintWriter out;
  private final int width;

  /** Prints lines of {@code width} characters. */
  public CalibrationTable(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  @Override
  public void write(List<Calibration> calibrations) {
    for (int i = 0; i < calibrations.size(); i++) {
      if (i > 0) {
        out.println();
      }
      write(calibrations.get(i));
    }
  }

  private void write(Calibration calibration) {
    int constants = calibration.fitted().size() + calibration.kept().size();
    out.printf(
        "%s   %d of %d constants fitted to %d measured %s%n%n",
        calibration.before().accelerator().name(),
        calibration.fitted().size(),
        constants,
        calibration.rows().size(),
        calibration.quantity() == Quantity.LATENCY ? "latencies" : "energies");
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
              Figures.of(parameter, fitted.before()),
              Figures.of(parameter, fitted.after()),
              fitted.after() == 0 ? NONE : Units.percent(fitted.error() / fitted.after()),
              ""));
    }
    for (Kept kept : calibration.kept()) {
      table.row(
          List.of(
              kept.parameter().path(),
              Figures.of(kept.parameter(), kept.value()),
              NONE,
              NONE,
              "as it was: " + kept.reason()));
    }
    table.print(out);
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
    agreements(table, calibration, "");
    if (!calibration.outliers().isEmpty()) {
      agreements(table, calibration.withoutOutliers(), ", no outliers");
    }
    table.print(out);
  }

  private static void agreements(TextTable table, Calibration calibration, String rows) {
    agreement(table, "before" + rows, calibration.agreementBefore());
    agreement(table, "after" + rows, calibration.agreementAfter());
    agreement(table, "each row left out once" + rows, calibration.agreementLeftOut());
  }

  private static void agreement(TextTable table, String name, Agreement agreement) {
    table.row(
        List.of(
            name,
            agreement.meanError().isPresent()
                ? Figures.unsigned(agreement.meanError().getAsDouble())
                : NONE,
            agreement.worstError().isPresent()
                ? Figures.signed(agreement.worstError().getAsDouble())
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
      double measured = row.measurement().value();
      table.row(
          List.of(
              Integer.toString(row.measurement().line()),
              name(row),
              Figures.of(calibration.quantity(), measured),
              Figures.signed(row.before() / measured - 1),
              Figures.signed(row.after() / measured - 1),
              Figures.signed(row.leftOut() / measured - 1),
              Figures.format("%.2f", row.weight()),
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

  private static String coefficient(OptionalDouble value) {
    return value.isPresent() ? Figures.format("%.3f", value.getAsDouble()) : NONE;
  }
}
