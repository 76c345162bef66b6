package dev.ppe.nas.study;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.space.SearchSpace;
import dev.ppe.nas.study.Trial.Evaluated;
import dev.ppe.nas.study.Trial.Failed;
import dev.ppe.nas.study.Trial.Result;
import dev.ppe.nas.study.Trial.Suggested;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Trials as rows; points as JSON of what is in use, so that SQL finds them by their choices. */
final class TrialTable {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final TypeToken<Map<String, String>> ASSIGNMENT = new TypeToken<>() {};
  private static final List<Metric> METRICS = List.of(Metric.values());

  private static final String INSERT =
      "INSERT INTO trial (number, batch, point, state) VALUES (?, ?, ?, 'suggested')";
  private static final String UPDATE =
      "UPDATE trial SET state = ?, repeat_of = ?, failure = ?, "
          + METRICS.stream()
              .map(metric -> Columns.of(metric) + " = ?")
              .collect(Collectors.joining(", "))
          + " WHERE number = ? AND state = 'suggested'";

  private TrialTable() {}

  static int insert(Connection connection, List<Trial> suggested) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Trial trial : suggested) {
        insert.setLong(1, trial.number());
        insert.setInt(2, trial.batch());
        insert.setString(3, GSON.toJson(trial.point().assignment()));
        insert.addBatch();
      }
      return Arrays.stream(insert.executeBatch()).sum();
    }
  }

  /**
   * Writes results, once for each trial.
   *
   * @throws StudyException if one of them is there already
   */
  static int update(String name, Connection connection, List<Trial> done) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      for (Trial trial : done) {
        update.setString(1, Columns.of(trial.result()));
        if (trial.repeatOf().isPresent()) {
          update.setLong(2, trial.repeatOf().getAsLong());
        } else {
          update.setNull(2, Types.INTEGER);
        }
        update.setString(3, trial.result() instanceof Failed(String reason) ? reason : null);
        Map<Metric, Double> values = trial.metrics().map(Metrics::values).orElse(Map.of());
        int index = 4;
        for (Metric metric : METRICS) {
          Double value = values.get(metric);
          if (value == null) {
            update.setNull(index++, Types.REAL);
          } else {
            update.setDouble(index++, value);
          }
        }
        update.setLong(index, trial.number());
        update.addBatch();
      }
      int updated = Arrays.stream(update.executeBatch()).sum();
      if (updated != done.size()) {
        throw new StudyException(
            "%s: another search has written trials of this one; what it recorded stays: end one of them"
                    .formatted(name)
                + " and resume");
      }
      return updated;
    }
  }

  /**
   * The trials from a number on, in their order.
   *
   * @throws StudyException if one of them is none of the space
   */
  static List<Trial> read(Database database, SearchSpace space, int from) {
    List<Trial> trials =
        database.query(
            "SELECT * FROM trial WHERE number >= %d ORDER BY number".formatted(from),
            row -> trial(database.name(), row, space));
    for (int i = 0; i < trials.size(); i++) {
      if (trials.get(i).number() != from + i) {
        throw new StudyException(
            "%s: is damaged: there is no trial %d; use a copy of it"
                .formatted(database.name(), from + i));
      }
    }
    return trials;
  }

  private static Trial trial(String name, ResultSet row, SearchSpace space) throws SQLException {
    long number = row.getLong("number");
    try {
      long repeatOf = row.getLong("repeat_of");
      boolean repeats = !row.wasNull();
      return new Trial(
          number,
          row.getInt("batch"),
          space.point(GSON.fromJson(row.getString("point"), ASSIGNMENT)),
          result(row),
          repeats ? OptionalLong.of(repeatOf) : OptionalLong.empty());
    } catch (JsonParseException e) {
      throw damaged(name, number, "its point cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw damaged(name, number, String.valueOf(e.getMessage()), e);
    }
  }

  private static StudyException damaged(
      String name, long trial, String reason, RuntimeException cause) {
    return new StudyException(
        "%s: is damaged: trial %d: %s; use a copy of it".formatted(name, trial, reason), cause);
  }

  private static Result result(ResultSet row) throws SQLException {
    String state = row.getString("state");
    return switch (state) {
      case "suggested" -> new Suggested();
      case "failed" -> new Failed(String.valueOf(row.getString("failure")));
      case "evaluated" -> {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        for (Metric metric : METRICS) {
          double value = row.getDouble(Columns.of(metric));
          if (!row.wasNull()) {
            values.put(metric, value);
          }
        }
        yield new Evaluated(new Metrics(values));
      }
      default -> throw new IllegalArgumentException("its state is " + state);
    };
  }
}
