package dev.ppe.simulator.calibration;

import dev.ppe.simulator.validation.data.CsvReader;
import dev.ppe.simulator.validation.data.CsvReader.CsvRecord;
import dev.ppe.simulator.validation.data.DatasetException;
import java.util.List;

/**
 * A file of measurements: CSV with a header that names the columns {@code model} and one or both of
 * {@code ms} and {@code mJ} ({@code latency_ms} and {@code energy_mj} will do), and {@code
 * input_size} if wanted. With both figures one of them may be empty in a row. Further columns are
 * not looked at. Every line that is wrong is found, so that all can be mended at once.
 *
 * @param rows that can be used, in the file's order: one for each figure of a line
 * @param faults of the others
 */
public record Measurements(List<Measurement> rows, List<Fault> faults) {
  private static final int MOST_ROWS = 1_000;

  public Measurements {
    rows = List.copyOf(rows);
    faults = List.copyOf(faults);
  }

  /**
   * Reads a file's text.
   *
   * @param file its name, for messages
   * @throws DatasetException if it is no table with those columns
   */
  public static Measurements read(String file, String text) {
    List<CsvRecord> records =
        CsvReader.read(file, text.startsWith("\uFEFF") ? text.substring(1) : text);
    if (records.isEmpty()) {
      throw new DatasetException(file, "is empty; its first line must be model,ms");
    }
    if (records.size() - 1 > MOST_ROWS) {
      throw new DatasetException(
          file, "has %d rows, the limit is %d".formatted(records.size() - 1, MOST_ROWS));
    }
    return new MeasurementReader(file, records.getFirst()).rows(records.subList(1, records.size()));
  }

  /** The figures of one quantity. */
  public List<Measurement> of(Quantity quantity) {
    return rows.stream().filter(row -> row.quantity() == quantity).toList();
  }
}
