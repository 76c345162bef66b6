package dev.ppe.nas.study;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A study on disk, open for one search. For one thread at a time; others read what was committed
 * with {@link #read}.
 */
public final class StudyFile implements AutoCloseable {
  /** SQLite's usual page size; studies are made with it. */
  private static final int PAGE_BYTES = 4096;

  private final Database database;
  private final Optional<StudyLock> lock;

  private StudyFile(Database database, Optional<StudyLock> lock) {
    this.database = database;
    this.lock = lock;
  }

  /**
   * Begins a study. The file is there when it is whole.
   *
   * @param trials how many are wanted
   * @throws StudyException if there is one already, or it cannot be written
   */
  public static StudyFile create(Path file, StudyDefinition definition, long trials) {
    requireNoFolder(file);
    StudyLock lock = StudyLock.of(file);
    try {
      begin(file, definition, trials);
      return new StudyFile(Database.writable(file), Optional.of(lock));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void begin(Path file, StudyDefinition definition, long trials) {
    Path part = file.resolveSibling(file.getFileName() + "-new");
    try {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      for (String leftOver : List.of("", "-wal", "-shm")) { // by one that was killed here
        Files.deleteIfExists(part.resolveSibling(part.getFileName() + leftOver));
      }
      try (Database database = Database.writable(part)) {
        define(database, definition, trials);
      }
      Files.move(part, file);
    } catch (FileAlreadyExistsException e) {
      throw new StudyException(file + ": is there already: resume it, or give another file", e);
    } catch (IOException e) {
      throw new StudyException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }

  /** Begins a study that is gone with the process. */
  public static StudyFile inMemory(StudyDefinition definition, long trials) {
    Database database = Database.inMemory();
    define(database, definition, trials);
    return new StudyFile(database, Optional.empty());
  }

  private static void define(Database database, StudyDefinition definition, long trials) {
    Schema.create(database, definition);
    DefinitionTable.insert(database, definition, trials);
    if (definition.backend().isRemote()) {
      SuggestionTable.identify(database, UUID.randomUUID().toString());
    }
  }

  /**
   * Opens a study to go on with it.
   *
   * @throws StudyException if there is none, it is damaged or of another version, or another search
   *     goes on with it
   */
  public static StudyFile open(Path file) {
    requireFile(file);
    StudyLock lock = StudyLock.of(file);
    try {
      boolean cutShort = isCutShort(file); // while there is no log of one's own
      Database database = Database.writable(file);
      try {
        Schema.check(database);
        requireWhole(file, cutShort);
        return new StudyFile(database, Optional.of(lock));
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * What a study holds now; it may be searched meanwhile.
   *
   * @throws StudyException if there is none, or it is damaged or of another version
   */
  public static Study read(Path file) {
    requireFile(file);
    boolean cutShort = isCutShort(file);
    try (Database database = Database.readable(file)) {
      Schema.check(database);
      requireWhole(file, cutShort);
      return Study.read(database);
    }
  }

  /**
   * What a study holds now of which it is known what it held before: reads what is new, and does
   * not look for damage in what is old. A file that holds another study by now is read as a whole.
   *
   * @param before what was read of this file
   * @throws StudyException as {@link #read(Path)}
   */
  public static Study read(Path file, Study before) {
    requireFile(file);
    try (Database database = Database.readable(file)) {
      Schema.checkVersion(database);
      return Study.read(database, before);
    }
  }

  /**
   * Whether the last page ends early, which SQLite takes for zeros. A log beside the file may hold
   * the whole page.
   */
  private static boolean isCutShort(Path file) {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    try {
      boolean logged = Files.exists(log) && Files.size(log) > 0; // readers leave empty ones
      return !logged && Files.size(file) % PAGE_BYTES != 0;
    } catch (IOException e) {
      throw new StudyException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  private static void requireWhole(Path file, boolean cutShort) {
    if (cutShort) {
      throw new StudyException(file + ": is damaged: its end is missing; use a copy of it");
    }
  }

  private static void requireFile(Path file) {
    if (!Files.exists(file)) {
      throw new StudyException(file + ": no such file");
    }
    requireNoFolder(file);
  }

  private static void requireNoFolder(Path file) {
    if (Files.isDirectory(file) || file.getFileName() == null) {
      throw new StudyException(file + ": is a directory");
    }
  }

  /** What it holds. */
  public Study study() {
    return Study.read(database);
  }

  /** Sets how many trials are wanted. */
  public void limit(long trials) {
    database.transaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE study SET trials = ?")) {
            update.setLong(1, trials);
            return update.executeUpdate();
          }
        });
  }

  /** Sets how the quality is found out from now on: the same source, with other limits. */
  public void quality(QualityDefinition quality) {
    database.transaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE study SET quality = ?")) {
            update.setString(1, QualityJson.write(quality));
            return update.executeUpdate();
          }
        });
  }

  /** Notes the simulator that answers from a trial on. */
  void simulator(long fromTrial, String version) {
    database.transaction(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT OR REPLACE INTO simulator VALUES (?, ?)")) {
            insert.setLong(1, fromTrial);
            insert.setString(2, version);
            return insert.executeUpdate();
          }
        });
  }

  /** What a server that suggests points knows this study by: no other study has it. */
  String identity() {
    return SuggestionTable.identity(database);
  }

  /** What the back-end called the points of trials, by their numbers. */
  Map<Long, String> suggestionNames() {
    return SuggestionTable.names(database);
  }

  /**
   * Writes trials down before they are evaluated.
   *
   * @param names what the back-end calls their points; empty if it calls them nothing
   */
  void suggest(List<Trial> trials, List<String> names) {
    database.transaction(
        connection ->
            TrialTable.insert(connection, trials)
                + SuggestionTable.insert(connection, trials, names));
  }

  /** Writes down what became of trials: all of them or, if it fails, none. */
  void record(List<Trial> trials) {
    database.transaction(connection -> TrialTable.update(database.name(), connection, trials));
  }

  /** Writes down what the service says of trials. */
  void recost(List<Recosted> recosted) {
    database.transaction(connection -> RecostTable.insert(connection, recosted));
  }

  /** Lets a test fill the disk: no more than so many pages of 4 KiB. */
  void limitPages(int pages) {
    database.execute(List.of("PRAGMA max_page_count = " + pages));
  }

  @Override
  public void close() {
    try {
      database.close();
    } finally {
      lock.ifPresent(StudyLock::close);
    }
  }
}
