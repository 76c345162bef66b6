package dev.ppe.simulator.calibration;

import dev.ppe.simulator.validation.data.CsvReader;
import dev.ppe.simulator.validation.data.CsvReader.CsvRecord;
import dev.ppe.simulator.validation.data.DatasetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A file of measurements: CSV with a header that names the columns {@code model} and {@code ms}
 * ({@code latency_ms} will do), and {@code input_size} if wanted. Further columns are not looked
 * at. Every line that is wrong is found, so that all can be mended at once.
 *
 * @param rows that can be used, in the file's order
 * @param faults of the others
 */
public record Measurements(List<Measurement> rows, List<Fault> faults) {
  private static final int MOST_ROWS = 1_000;
  private static final double MOST_MILLISECONDS = 1e9;
  private static final String MODEL = "model";
  private static final List<String> LATENCY = List.of("ms", "latency_ms");
  private static final List<String> ENERGY = List.of("mj", "energy_mj");
  private static final String INPUT_SIZE = "input_size";
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,20}(\\.\\d{0,20})?|\\.\\d{1,20})([eE][+-]?\\d{1,3})?");
  private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,5}");

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
    return new Reader(file, records.getFirst()).rows(records.subList(1, records.size()));
  }

  /** What lines are read by. */
  private static final class Reader {
    private final int fields;
    private final int model;
    private final int latency;
    private final int inputSize;
    private final List<Measurement> rows = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<List<String>, Integer> lines = new HashMap<>();

    Reader(String file, CsvRecord header) {
      List<String> names =
          header.fields().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
      List<String> latencies = names.stream().filter(LATENCY::contains).toList();
      if (latencies.isEmpty() && names.stream().anyMatch(ENERGY::contains)) {
        throw new DatasetException(
            file,
            "line %d: energies are priced by the accelerator's energy_table, which nothing is fitted"
                    .formatted(header.line())
                + " to; give latencies in a column ms");
      }
      if (!names.contains(MODEL) || latencies.size() != 1) {
        throw new DatasetException(
            file,
            "line %d: the header is \"%s\"; it must name a column model and a column ms"
                .formatted(header.line(), String.join(",", header.fields())));
      }
      for (String name : List.of(MODEL, INPUT_SIZE)) {
        if (names.indexOf(name) != names.lastIndexOf(name)) {
          throw new DatasetException(
              file, "line %d: has two columns \"%s\"".formatted(header.line(), name));
        }
      }
      fields = names.size();
      model = names.indexOf(MODEL);
      latency = names.indexOf(latencies.getFirst());
      inputSize = names.indexOf(INPUT_SIZE);
    }

    Measurements rows(List<CsvRecord> records) {
      records.forEach(this::row);
      return new Measurements(rows, faults);
    }

    private void row(CsvRecord csv) {
      if (csv.fields().size() != fields) {
        fault(csv, "has %d fields, the header has %d".formatted(csv.fields().size(), fields));
        return;
      }
      String name = csv.fields().get(model).strip();
      String size = inputSize < 0 ? "" : csv.fields().get(inputSize).strip();
      String time = csv.fields().get(latency).strip();
      if (name.isEmpty()) {
        fault(csv, "names no model");
      } else if (!size.isEmpty() && !SIZE.matcher(size).matches()) {
        fault(csv, "input_size is \"%s\", must be a whole number from 1 on".formatted(size));
      } else if (!DECIMAL.matcher(time).matches()) {
        fault(csv, "%s: ms is \"%s\", must be a number".formatted(name, time));
      } else {
        add(csv, name, size, time);
      }
    }

    private void add(CsvRecord csv, String name, String size, String time) {
      double milliseconds = Double.parseDouble(time);
      Integer earlier = lines.putIfAbsent(List.of(name, size), csv.line());
      if (!(milliseconds > 0 && milliseconds <= MOST_MILLISECONDS)) {
        fault(
            csv,
            "%s: ms is %s, must be above 0 and up to 10^9: was it measured?".formatted(name, time));
      } else if (earlier != null) {
        fault(
            csv,
            "%s stands in line %d already; give each model one row, such as its median"
                .formatted(name, earlier));
      } else {
        OptionalInt side =
            size.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(size));
        rows.add(new Measurement(csv.line(), name, side, milliseconds));
      }
    }

    private void fault(CsvRecord csv, String reason) {
      faults.add(new Fault(csv.line(), reason));
    }
  }
}
