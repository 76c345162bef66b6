package dev.ppe.simulator.validation.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Records of RFC 4180: fields between commas, in quotation marks where they hold commas, quotation
 * marks (doubled) or line breaks. Lines may end in LF or CR LF; empty ones are passed over.
 */
public final class CsvReader {
  private static final int MOST_RECORDS = 10_000;
  private static final int MOST_FIELDS = 64;
  private static final int LONGEST_FIELD = 1_000;

  private final String file;
  private final String text;
  private final List<CsvRecord> records = new ArrayList<>();
  private int position;
  private int line = 1;

  /**
   * One record.
   *
   * @param line where it begins, counted from 1
   */
  public record CsvRecord(int line, List<String> fields) {
    public CsvRecord {
      fields = List.copyOf(fields);
    }
  }

  private CsvReader(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * All records of {@code text}, the header among them.
   *
   * @throws DatasetException if a quotation does not end, or anything is longer than allowed
   */
  public static List<CsvRecord> read(String file, String text) {
    CsvReader reader = new CsvReader(file, text.startsWith("\uFEFF") ? text.substring(1) : text);
    while (reader.position < reader.text.length()) {
      reader.readRecord();
    }
    return List.copyOf(reader.records);
  }

  private void readRecord() {
    int start = line;
    List<String> fields = new ArrayList<>();
    do {
      fields.add(at('"') ? quoted() : plain());
      if (fields.size() > MOST_FIELDS) {
        throw fault(start, "has more than " + MOST_FIELDS + " fields");
      }
    } while (skip(','));
    skip('\r');
    if (position < text.length() && !skip('\n')) {
      throw fault(start, "field %d goes on after its quotation".formatted(fields.size()));
    }
    line++;
    if (fields.equals(List.of(""))) {
      return;
    }
    if (records.size() > MOST_RECORDS) {
      throw fault(start, "the file has more than " + MOST_RECORDS + " rows");
    }
    records.add(new CsvRecord(start, fields));
  }

  private String plain() {
    int start = position;
    while (position < text.length() && ",\r\n".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    return checked(text.substring(start, position).strip());
  }

  private String quoted() {
    int start = line;
    StringBuilder field = new StringBuilder();
    position++;
    while (true) {
      if (position >= text.length()) {
        throw fault(start, "a quotation does not end");
      }
      char c = text.charAt(position++);
      if (c == '"' && !skip('"')) {
        return checked(field.toString());
      }
      line += c == '\n' ? 1 : 0;
      field.append(c);
    }
  }

  private String checked(String field) {
    if (field.length() > LONGEST_FIELD) {
      throw fault(line, "a field has more than " + LONGEST_FIELD + " characters");
    }
    return field;
  }

  private boolean at(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  private boolean skip(char c) {
    boolean there = at(c);
    position += there ? 1 : 0;
    return there;
  }

  private DatasetException fault(int where, String reason) {
    return new DatasetException(file, where, reason);
  }
}
