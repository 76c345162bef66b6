package dev.ppe.client.report.calibration;

import dev.ppe.client.report.Csv;
import dev.ppe.simulator.calibration.Calibration;
import dev.ppe.simulator.calibration.Calibration.Row;
import java.io.PrintWriter;
import java.util.List;

/** For spreadsheets: a record for each measurement. */
public final class CalibrationCsv implements CalibrationWriter {
  private static final List<String> HEADER =
      List.of(
          "line",
          "model",
          "input_size",
          "ms",
          "before_ms",
          "after_ms",
          "left_out_ms",
          "weight",
          "outlier");

  private final PrintWriter out;

  /** Prints to {@code out}. */
  public CalibrationCsv(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(Calibration calibration) {
    Csv.print(out, HEADER);
    for (Row row : calibration.rows()) {
      Csv.print(
          out,
          List.of(
              Integer.toString(row.measurement().line()),
              row.measurement().model(),
              row.measurement().inputSize().isPresent()
                  ? Integer.toString(row.measurement().inputSize().getAsInt())
                  : "",
              Double.toString(row.measurement().milliseconds()),
              Double.toString(row.before()),
              Double.toString(row.after()),
              Double.toString(row.leftOut()),
              Double.toString(row.weight()),
              Boolean.toString(row.outlier())));
    }
    out.flush();
  }
}
