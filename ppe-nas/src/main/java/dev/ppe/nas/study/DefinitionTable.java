package dev.ppe.nas.study;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.Fidelity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The definition as the only row of its table. */
final class DefinitionTable {
  private static final String INSERT =
      """
      INSERT INTO study (only, space, space_sha256, backend, settings, batch, objective, seed,
        accelerator, accelerator_sha256, fidelity, quality, trials)
      VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final TypeToken<Map<String, String>> SETTINGS = new TypeToken<>() {};

  private DefinitionTable() {}

  static void insert(Database database, StudyDefinition definition, long trials) {
    String accelerator = json(definition.accelerator());
    database.transaction(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, definition.space());
            insert.setString(2, Hashes.sha256(definition.space()));
            insert.setString(3, definition.backend().word());
            insert.setString(4, GSON.toJson(definition.settings()));
            insert.setInt(5, definition.batch());
            insert.setString(6, definition.objective());
            insert.setLong(7, definition.seed());
            insert.setString(8, accelerator);
            insert.setString(9, Hashes.sha256(accelerator));
            insert.setString(10, word(definition.fidelity()));
            insert.setString(11, QualityJson.write(definition.quality()));
            insert.setLong(12, trials);
            insert.executeUpdate();
          }
          return definition.costs() instanceof CostDefinition.Learned learned
              ? insert(connection, learned)
              : 0;
        });
  }

  private static int insert(Connection connection, CostDefinition.Learned learned)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO cost_model VALUES (1, ?, ?, ?)")) {
      insert.setString(1, learned.name());
      insert.setString(2, learned.text());
      insert.setString(3, Hashes.sha256(learned.text()));
      return insert.executeUpdate();
    }
  }

  /**
   * The definition.
   *
   * @throws StudyException if there is none, or it is none of this program's
   */
  static StudyDefinition read(Database database) {
    List<StudyDefinition> rows =
        database.query("SELECT * FROM study", row -> definition(database, row));
    if (rows.isEmpty()) {
      throw new StudyException(database.name() + ": is damaged: it says not what is searched");
    }
    return Schema.hasCostModel(database)
        ? rows.getFirst().with(costModel(database))
        : rows.getFirst();
  }

  private static CostDefinition costModel(Database database) {
    List<CostDefinition> rows =
        database.query(
            "SELECT * FROM cost_model",
            row -> {
              try {
                return new CostDefinition.Learned(row.getString("name"), checked(row, "text"));
              } catch (IllegalArgumentException e) {
                throw damaged(database, "its cost model was changed", e);
              }
            });
    if (rows.isEmpty()) {
      throw new StudyException(database.name() + ": is damaged: its cost model is missing");
    }
    return rows.getFirst();
  }

  private static StudyDefinition definition(Database database, ResultSet row) throws SQLException {
    try {
      String space = checked(row, "space");
      String accelerator = checked(row, "accelerator");
      String backend = row.getString("backend");
      return new StudyDefinition(
          space,
          BackendFactory.of(backend)
              .orElseThrow(() -> new IllegalArgumentException("has the back-end " + backend)),
          settings(row.getString("settings")),
          row.getInt("batch"),
          row.getString("objective"),
          row.getLong("seed"),
          accelerator(accelerator),
          fidelity(row.getString("fidelity")),
          QualityJson.read(row.getString("quality")));
    } catch (JsonParseException e) {
      throw damaged(database, "its settings cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw damaged(database, String.valueOf(e.getMessage()), e);
    }
  }

  private static StudyException damaged(Database database, String reason, RuntimeException cause) {
    return new StudyException(
        "%s: is damaged, or of another version: %s".formatted(database.name(), reason), cause);
  }

  private static String checked(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    if (!Hashes.sha256(text).equals(row.getString(column + "_sha256"))) {
      throw new IllegalArgumentException("its %s was changed".formatted(column));
    }
    return text;
  }

  private static SortedMap<String, String> settings(String json) {
    return new TreeMap<>(GSON.fromJson(json, SETTINGS));
  }

  /** An accelerator as the study has it. */
  static String json(Accelerator accelerator) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(accelerator);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Accelerator accelerator(String json) {
    Accelerator.Builder accelerator = Accelerator.newBuilder();
    try {
      JsonFormat.parser().merge(json, accelerator);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("its accelerator cannot be read: " + e.getMessage(), e);
    }
    return accelerator.build();
  }

  /** As the command line has it. */
  static String word(Fidelity fidelity) {
    return fidelity.name().replace("FIDELITY_", "").toLowerCase(Locale.ROOT);
  }

  private static Fidelity fidelity(String word) {
    return Fidelity.valueOf("FIDELITY_" + word.toUpperCase(Locale.ROOT));
  }
}
