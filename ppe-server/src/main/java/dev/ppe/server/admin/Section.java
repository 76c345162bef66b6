package dev.ppe.server.admin;

import java.util.List;

/**
 * A table of the page for people.
 *
 * @param title above it
 * @param columns their names; none has no head
 * @param rows cells, as many as columns
 */
public record Section(String title, List<String> columns, List<List<String>> rows) {
  /** Names and what they stand for. */
  public static Section ofPairs(String title, List<List<String>> rows) {
    return new Section(title, List.of(), rows);
  }
}
