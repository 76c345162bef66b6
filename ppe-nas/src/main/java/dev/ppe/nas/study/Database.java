package dev.ppe.nas.study;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * An SQLite file; every failure becomes a {@link StudyException} that begins with the file's name.
 * For one thread at a time.
 *
 * <p>Written with a write-ahead log, so that others may read meanwhile, and a sync of the log for
 * every commit: what is committed survives the process, the system and a loss of power.
 */
final class Database implements AutoCloseable {
  private static final int BUSY_MILLIS = 5_000;

  /** What may fail with SQL. */
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Makes a value of the current row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final String name;
  private final Connection connection;

  private Database(String name, Connection connection) {
    this.name = name;
    this.connection = connection;
  }

  /** A file for one writer; made if it is not there. */
  static Database writable(Path file) {
    SQLiteConfig config = config();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    return open(file.toString(), file.toAbsolutePath().toString(), config);
  }

  /** A file that is there, as it is now. */
  static Database readable(Path file) {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return open(file.toString(), file.toAbsolutePath().toString(), config);
  }

  /** No file: gone with the process. */
  static Database inMemory() {
    return open("study in memory", ":memory:", config());
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    return config;
  }

  private static Database open(String name, String path, SQLiteConfig config) {
    if (path.indexOf('?') >= 0) { // the driver would take it for the begin of settings
      throw new StudyException(name + ": a study's path must have no question mark");
    }
    try {
      return new Database(name, config.createConnection("jdbc:sqlite:" + path));
    } catch (SQLException e) {
      throw failure(name, e);
    }
  }

  /** How messages call it. */
  String name() {
    return name;
  }

  /** Does all of something or nothing. */
  void transaction(Work<?> work) {
    run(
        open -> {
          try (Statement statement = open.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
              Object done = work.run(open);
              statement.execute("COMMIT");
              return done;
            } catch (SQLException | RuntimeException e) {
              rollBack(statement, e);
              throw e;
            }
          }
        });
  }

  private static void rollBack(Statement statement, Exception reason) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) { // SQLite has done it already, where the disk is full
      reason.addSuppressed(e);
    }
  }

  /** Statements without results. */
  void execute(List<String> statements) {
    run(
        open -> {
          try (Statement statement = open.createStatement()) {
            for (String sql : statements) {
              statement.execute(sql);
            }
          }
          return statements;
        });
  }

  /** All rows of a query. */
  <T> List<T> query(String sql, Row<T> row) {
    return run(
        open -> {
          try (PreparedStatement statement = open.prepareStatement(sql);
              ResultSet rows = statement.executeQuery()) {
            List<T> values = new ArrayList<>();
            while (rows.next()) {
              values.add(row.read(rows));
            }
            return values;
          }
        });
  }

  /** The number that a query gives. */
  long number(String sql) {
    return query(sql, row -> row.getLong(1)).getFirst();
  }

  private <T> T run(Work<T> work) {
    try {
      return work.run(connection);
    } catch (SQLException e) {
      throw failure(name, e);
    }
  }

  private static StudyException failure(String name, SQLException e) {
    int code =
        e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xff : e.getErrorCode();
    String reason =
        switch (SQLiteErrorCode.getErrorCode(code)) {
          case SQLITE_FULL ->
              "the disk is full; what was recorded is safe: free some space and resume";
          case SQLITE_BUSY, SQLITE_LOCKED -> "another process writes to it; try again later";
          case SQLITE_CONSTRAINT ->
              "another search has written to it (%s); what was recorded stays: resume it"
                  .formatted(e.getMessage());
          case SQLITE_NOTADB -> "is no study file";
          case SQLITE_CORRUPT -> "is damaged (%s); use a copy of it".formatted(e.getMessage());
          case SQLITE_CANTOPEN -> "cannot be opened";
          case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
              "may not be written (permission denied)";
          default -> "cannot be read or written: " + e.getMessage();
        };
    return new StudyException(name + ": " + reason, e);
  }

  @Override
  public void close() {
    run(
        open -> {
          open.close();
          return open;
        });
  }
}
