package dev.ppe.simulator.calibration;

import dev.ppe.simulator.validation.data.CsvReader.CsvRecord;
import dev.ppe.simulator.validation.data.DatasetException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads the lines of a file of measurements by what its header names. */
final class MeasurementReader {
  private static final String MODEL = "model";
  private static final String INPUT_SIZE = "input_size";
  private static final Map<Quantity, List<String>> FIGURES =
      new EnumMap<>(
          Map.of(
              Quantity.LATENCY, List.of("ms", "latency_ms"),
              Quantity.ENERGY, List.of("mj", "energy_mj")));
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,20}(\\.\\d{0,20})?|\\.\\d{1,20})([eE][+-]?\\d{1,3})?");
  private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,5}");
  private static final int LONGEST_QUOTE = 60;

  private final int fields;
  private final int model;
  private final int inputSize;
  private final Map<Quantity, Integer> figures = new EnumMap<>(Quantity.class);
  private final List<Measurement> rows = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final Map<List<String>, Integer> lines = new HashMap<>();

  MeasurementReader(String file, CsvRecord header) {
    List<String> names =
        header.fields().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    FIGURES.forEach(
        (quantity, columns) ->
            names.stream()
                .filter(columns::contains)
                .forEach(column -> figures.put(quantity, names.indexOf(column))));
    if (!names.contains(MODEL) || figures.isEmpty()) {
      throw new DatasetException(
          file,
          "line %d: the header is \"%s\"; it must name a column model and a column ms or mJ"
              .formatted(header.line(), quoted(String.join(",", header.fields()))));
    }
    List<List<String>> once = new ArrayList<>(FIGURES.values());
    once.addAll(List.of(List.of(MODEL), List.of(INPUT_SIZE)));
    for (List<String> column : once) {
      if (names.stream().filter(column::contains).count() > 1) {
        throw new DatasetException(
            file, "line %d: has two columns \"%s\"".formatted(header.line(), column.getFirst()));
      }
    }
    fields = names.size();
    model = names.indexOf(MODEL);
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
    if (name.isEmpty()) {
      fault(csv, "names no model");
    } else if (!size.isEmpty() && !SIZE.matcher(size).matches()) {
      fault(csv, "input_size is \"%s\", must be a whole number from 1 on".formatted(quoted(size)));
    } else {
      figures(csv, name, size);
    }
  }

  private void figures(CsvRecord csv, String name, String size) {
    int earlier = lines.getOrDefault(List.of(name, size), 0);
    lines.putIfAbsent(List.of(name, size), csv.line());
    List<Measurement> found = new ArrayList<>();
    for (Map.Entry<Quantity, Integer> column : figures.entrySet()) {
      String text = csv.fields().get(column.getValue()).strip();
      String unit = column.getKey().unit();
      if (text.isEmpty() && figures.size() > 1) {
        continue;
      }
      if (!DECIMAL.matcher(text).matches()) {
        fault(
            csv, "%s: %s is \"%s\", must be a number".formatted(quoted(name), unit, quoted(text)));
        return;
      }
      double value = Double.parseDouble(text);
      if (!column.getKey().isPlausible(value)) {
        fault(
            csv,
            "%s: %s is %s, must be %s: was it measured?"
                .formatted(quoted(name), unit, text, column.getKey().plausible()));
        return;
      }
      OptionalInt side =
          size.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(size));
      found.add(new Measurement(csv.line(), name, side, column.getKey(), value));
    }
    if (earlier > 0) {
      fault(
          csv,
          "%s stands in line %d already; give each model one row, such as its median"
              .formatted(quoted(name), earlier));
    } else if (found.isEmpty()) {
      fault(csv, quoted(name) + " has neither ms nor mJ");
    } else {
      rows.addAll(found);
    }
  }

  private void fault(CsvRecord csv, String reason) {
    faults.add(new Fault(csv.line(), reason));
  }

  private static String quoted(String text) {
    return text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
  }
}
