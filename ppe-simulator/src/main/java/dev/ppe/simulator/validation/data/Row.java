package dev.ppe.simulator.validation.data;

import java.util.Map;

/**
 * One line of a file, its fields checked by their columns' kinds.
 *
 * @param file where it stands
 * @param line counted from 1, the header being the first
 * @param fields by column
 */
public record Row(String file, int line, Map<String, String> fields) {
  public Row {
    fields = Map.copyOf(fields);
  }

  /** The field as it stands. */
  public String text(String column) {
    String text = fields.get(column);
    if (text == null) {
      throw new IllegalArgumentException("no column " + column + " in " + fields.keySet());
    }
    return text;
  }

  /** Whether the field holds anything; an optional one may not. */
  public boolean has(String column) {
    return !text(column).isEmpty();
  }

  /** A field of kind {@link ColumnKind#SIZE}. */
  public int size(String column) {
    return Integer.parseInt(text(column));
  }

  /** A field of kind {@link ColumnKind#COUNT}. */
  public long count(String column) {
    return Long.parseLong(text(column));
  }

  /** A field of any kind of number. */
  public double number(String column) {
    return Double.parseDouble(text(column));
  }
}
