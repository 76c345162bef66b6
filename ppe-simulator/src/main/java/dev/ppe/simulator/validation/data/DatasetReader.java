package dev.ppe.simulator.validation.data;

import dev.ppe.simulator.validation.data.CsvReader.CsvRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes rows of a file's text and checks every field. */
final class DatasetReader {
  private DatasetReader() {}

  /**
   * The rows, in the file's order.
   *
   * @throws DatasetException with file, line and column
   */
  static List<Row> read(Dataset dataset, String file, String text) {
    List<CsvRecord> records = CsvReader.read(file, text);
    if (records.isEmpty()) {
      throw new DatasetException(file, "is empty");
    }
    CsvRecord header = records.getFirst();
    requireColumns(dataset, file, header);
    return records.stream().skip(1).map(line -> row(dataset, file, header.fields(), line)).toList();
  }

  private static void requireColumns(Dataset dataset, String file, CsvRecord header) {
    Set<String> names = new HashSet<>();
    for (String name : header.fields()) {
      if (!names.add(name)) {
        throw new DatasetException(file, header.line(), "has two columns \"%s\"".formatted(name));
      }
    }
    for (Column column : Column.of(dataset)) {
      if (!names.contains(column.name())) {
        throw new DatasetException(
            file,
            header.line(),
            "has no column %s; needed are %s"
                .formatted(
                    column.name(),
                    String.join(", ", Column.of(dataset).stream().map(Column::name).toList())));
      }
    }
  }

  private static Row row(Dataset dataset, String file, List<String> header, CsvRecord line) {
    if (line.fields().size() != header.size()) {
      throw new DatasetException(
          file,
          line.line(),
          "has %d fields, the header has %d".formatted(line.fields().size(), header.size()));
    }
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      fields.put(header.get(i), line.fields().get(i));
    }
    for (Column column : Column.of(dataset)) {
      String text = fields.getOrDefault(column.name(), "");
      if (!(column.optional() && text.isEmpty())) {
        column
            .kind()
            .fault(text)
            .ifPresent(
                fault -> {
                  throw new DatasetException(file, line.line(), column.name(), fault);
                });
      }
    }
    return new Row(file, line.line(), fields);
  }
}
