package dev.ppe.nas.study;

import dev.ppe.nas.objective.Metric;
import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.study.Trial.Evaluated;
import dev.ppe.nas.study.Trial.Failed;
import dev.ppe.nas.study.Trial.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The service's costs of winners as rows; in studies with a cost model only. */
final class RecostTable {
  /** What the service says; the rest of a trial's figures stay what they are. */
  static final List<Metric> METRICS = List.of(Metric.LATENCY, Metric.ENERGY, Metric.MEMORY);

  private static final String INSERT =
      "INSERT INTO recosted (trial, simulator, failure, latency_us, energy_uj, memory_bytes)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  private RecostTable() {}

  static int insert(Connection connection, List<Recosted> recosted) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Recosted each : recosted) {
        insert.setLong(1, each.trial());
        insert.setString(2, each.simulator());
        insert.setString(3, each.result() instanceof Failed(String reason) ? reason : null);
        Map<Metric, Double> values =
            each.result() instanceof Evaluated(Metrics metrics) ? metrics.values() : Map.of();
        int index = 4;
        for (Metric metric : METRICS) {
          Double value = values.get(metric);
          if (value == null) {
            insert.setNull(index++, Types.REAL);
          } else {
            insert.setDouble(index++, value);
          }
        }
        insert.addBatch();
      }
      return Arrays.stream(insert.executeBatch()).sum();
    }
  }

  /**
   * All that there are, by trial.
   *
   * @throws StudyException if one is of no trial
   */
  static NavigableMap<Long, Recosted> read(Database database, List<Trial> trials) {
    NavigableMap<Long, Recosted> all = new TreeMap<>();
    database
        .query("SELECT * FROM recosted", row -> recosted(database.name(), row, trials))
        .forEach(each -> all.put(each.trial(), each));
    return Collections.unmodifiableNavigableMap(all);
  }

  private static Recosted recosted(String name, ResultSet row, List<Trial> trials)
      throws SQLException {
    long number = row.getLong("trial");
    if (number < 0 || number >= trials.size()) {
      throw new StudyException(
          "%s: is damaged: costs are of a trial %d that is not there; use a copy of it"
              .formatted(name, number));
    }
    String simulator = String.valueOf(row.getString("simulator"));
    return new Recosted(number, simulator, result(row, trials.get((int) number)));
  }

  private static Result result(ResultSet row, Trial trial) throws SQLException {
    String failure = row.getString("failure");
    if (failure != null) {
      return new Failed(failure);
    }
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    trial.metrics().ifPresent(metrics -> values.putAll(metrics.values()));
    for (Metric metric : METRICS) {
      double value = row.getDouble(Columns.of(metric));
      if (!row.wasNull()) {
        values.put(metric, value);
      }
    }
    return new Evaluated(new Metrics(values));
  }
}
