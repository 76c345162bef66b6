package dev.ppe.nas.study;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What back-ends on servers know a study and its trials by. */
final class SuggestionTable {
  private SuggestionTable() {}

  static void identify(Database database, String identity) {
    database.transaction(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO identity VALUES (1, ?)")) {
            insert.setString(1, identity);
            return insert.executeUpdate();
          }
        });
  }

  /**
   * The study's identity.
   *
   * @throws StudyException if it has none
   */
  static String identity(Database database) {
    return database.query("SELECT identity FROM identity", row -> row.getString(1)).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new StudyException(
                    database.name()
                        + ": is damaged: it says not what the server knows it by; use a copy of it"));
  }

  static int insert(Connection connection, List<Trial> trials, List<String> names)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO suggestion (trial, name) VALUES (?, ?)")) {
      for (int i = 0; i < names.size(); i++) {
        insert.setLong(1, trials.get(i).number());
        insert.setString(2, names.get(i));
        insert.addBatch();
      }
      return names.isEmpty() ? 0 : Arrays.stream(insert.executeBatch()).sum();
    }
  }

  /** Names by the number of the trial. */
  static Map<Long, String> names(Database database) {
    Map<Long, String> names = new HashMap<>();
    database
        .query(
            "SELECT trial, name FROM suggestion",
            row -> Map.entry(row.getLong(1), row.getString(2)))
        .forEach(entry -> names.put(entry.getKey(), entry.getValue()));
    return names;
  }
}
