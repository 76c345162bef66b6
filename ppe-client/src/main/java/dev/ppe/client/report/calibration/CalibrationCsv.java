package dev.ppe.client.report.calibration;

import dev.ppe.client.report.Csv;
import dev.ppe.simulator.calibration.Calibration;
import dev.ppe.simulator.calibration.Calibration.Row;
import dev.ppe.simulator.calibration.Measurement;
import java.io.PrintWriter;
import java.util.List;

/** For spreadsheets: a record for each measurement. */
public final class CalibrationCsv implements CalibrationWriter {
  private static final List<String> HEADER =
      List.of(
          "line",
          "model",
          "input_size",
          "unit",
          "measured",
          "before",
          "after",
          "left_out",
          "weight",
          "outlier");

  private final PrintWriter out;

  /** Prints to {@code out}. */
  public CalibrationCsv(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(List<Calibration> calibrations) {
    Csv.print(out, HEADER);
    for (Calibration calibration : calibrations) {
      calibration.rows().forEach(this::row);
    }
    out.flush();
  }

  private void row(Row row) {
    Measurement measurement = row.measurement();
    Csv.print(
        out,
        List.of(
            Integer.toString(measurement.line()),
            measurement.model(),
            measurement.inputSize().isPresent()
                ? Integer.toString(measurement.inputSize().getAsInt())
                : "",
            measurement.quantity().unit(),
            Double.toString(measurement.value()),
            Double.toString(row.before()),
            Double.toString(row.after()),
            Double.toString(row.leftOut()),
            Double.toString(row.weight()),
            Boolean.toString(row.outlier())));
  }
}
