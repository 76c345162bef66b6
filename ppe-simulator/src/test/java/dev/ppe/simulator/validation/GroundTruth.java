package dev.ppe.simulator.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The measured figures that lie beside the checkout, one CSV file for each source. */
final class GroundTruth {
  static final Path SHARED = Path.of("..", "..", "shared");
  static final Path FOLDER = SHARED.resolve("groundtruth");

  private static final Pattern SEPARATOR = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  private GroundTruth() {}

  /**
   * One line of a file.
   *
   * @param line counted from 2, below the header
   * @param fields by column
   */
  record Row(int line, Map<String, String> fields) {
    String text(String column) {
      String text = fields.get(column);
      if (text == null) {
        throw new IllegalArgumentException("no column " + column + " in " + fields.keySet());
      }
      return text;
    }

    int integer(String column) {
      return Integer.parseInt(text(column));
    }

    double number(String column) {
      return Double.parseDouble(text(column));
    }

    boolean has(String column) {
      return !text(column).isEmpty();
    }
  }

  /** All rows of {@code file}, in its order. */
  static List<Row> rows(String file) throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve(file));
    List<String> columns = split(lines.getFirst());
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      List<String> fields = split(lines.get(i));
      if (fields.size() != columns.size()) {
        throw new IllegalArgumentException(
            "%s:%d has %d fields, must be %d"
                .formatted(file, i + 1, fields.size(), columns.size()));
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int c = 0; c < columns.size(); c++) {
        row.put(columns.get(c), fields.get(c));
      }
      rows.add(new Row(i + 1, row));
    }
    return rows;
  }

  /** Fields between commas, which do not part what stands in quotation marks. */
  private static List<String> split(String line) {
    return Arrays.stream(SEPARATOR.split(line, -1)).map(field -> field.replace("\"", "")).toList();
  }
}
