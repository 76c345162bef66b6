package dev.ppe.nas.study;

import java.util.List;

/** The tables of a study file, and what tells that a file is one. */
final class Schema {
  /** {@code PPES}: what programs such as file(1) know it by. */
  static final int APPLICATION_ID = 0x50504553;

  /** Grows with every change of the tables or of what is in them. */
  static final int VERSION = 1;

  /**
   * Of studies whose costs are predicted: they have tables more, and programs that know {@link
   * #VERSION} alone must not take the predictions for the service's.
   */
  static final int VERSION_WITH_COST_MODEL = 2;

  private static final List<String> STATEMENTS =
      List.of(
          """
          CREATE TABLE study (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            space TEXT NOT NULL,
            space_sha256 TEXT NOT NULL,
            backend TEXT NOT NULL,
            settings TEXT NOT NULL,
            batch INTEGER NOT NULL,
            objective TEXT NOT NULL,
            seed INTEGER NOT NULL,
            accelerator TEXT NOT NULL,
            accelerator_sha256 TEXT NOT NULL,
            fidelity TEXT NOT NULL,
            quality TEXT NOT NULL,
            trials INTEGER NOT NULL
          ) STRICT
          """,
          // The simulator that answered, from each trial on.
          """
          CREATE TABLE simulator (
            from_trial INTEGER PRIMARY KEY,
            version TEXT NOT NULL
          ) STRICT
          """,
          """
          CREATE TABLE trial (
            number INTEGER PRIMARY KEY,
            batch INTEGER NOT NULL,
            point TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('suggested', 'evaluated', 'failed')),
            repeat_of INTEGER REFERENCES trial (number),
            latency_us REAL,
            energy_uj REAL,
            memory_bytes REAL,
            model_size_bytes REAL,
            macs REAL,
            parameters REAL,
            quality REAL,
            failure TEXT
          ) STRICT
          """,
          // What a server that suggests points is to know this study by, and calls its points.
          // Studies of other back-ends have no use for them, and those of older programs do
          // without.
          """
          CREATE TABLE identity (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            identity TEXT NOT NULL
          ) STRICT
          """,
          """
          CREATE TABLE suggestion (
            trial INTEGER PRIMARY KEY REFERENCES trial (number),
            name TEXT NOT NULL
          ) STRICT
          """,
          "PRAGMA application_id = " + APPLICATION_ID,
          "PRAGMA user_version = " + VERSION);

  private static final List<String> COST_MODEL_STATEMENTS =
      List.of(
          """
          CREATE TABLE cost_model (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            name TEXT NOT NULL,
            text TEXT NOT NULL,
            text_sha256 TEXT NOT NULL
          ) STRICT
          """,
          // What the service says of trials whose figures were predicted.
          """
          CREATE TABLE recosted (
            trial INTEGER PRIMARY KEY REFERENCES trial (number),
            simulator TEXT NOT NULL,
            latency_us REAL,
            energy_uj REAL,
            memory_bytes REAL,
            failure TEXT
          ) STRICT
          """,
          "PRAGMA user_version = " + VERSION_WITH_COST_MODEL);

  private Schema() {}

  /** Makes the tables of a study. */
  static void create(Database database, StudyDefinition definition) {
    database.execute(STATEMENTS);
    if (definition.costs() instanceof CostDefinition.Learned) {
      database.execute(COST_MODEL_STATEMENTS);
    }
  }

  /** Whether there are the tables of a study whose costs are predicted. */
  static boolean hasCostModel(Database database) {
    return database.number("PRAGMA user_version") == VERSION_WITH_COST_MODEL;
  }

  /**
   * Checks that a file is a whole study of this version.
   *
   * @throws StudyException saying what it is instead
   */
  static void check(Database database) {
    checkVersion(database);
    String state = database.query("PRAGMA quick_check(1)", row -> row.getString(1)).getFirst();
    if (!state.equals("ok")) {
      throw new StudyException(
          "%s: is damaged (%s); use a copy of it".formatted(database.name(), state));
    }
  }

  /**
   * Checks that a file is a study of this version, without reading all of it.
   *
   * @throws StudyException saying what it is instead
   */
  static void checkVersion(Database database) {
    long application = database.number("PRAGMA application_id");
    long version = database.number("PRAGMA user_version");
    if (application != APPLICATION_ID) {
      throw new StudyException(
          database.name()
              + (database.number("SELECT count(*) FROM sqlite_schema") == 0
                  ? ": is empty: no study was begun in it; remove it and search again"
                  : ": is an SQLite file of something else, no study"));
    }
    if (version != VERSION && version != VERSION_WITH_COST_MODEL) {
      throw new StudyException(
          "%s: is a study of version %d, this program knows versions up to %d: use the program that"
                  .formatted(database.name(), version, VERSION_WITH_COST_MODEL)
              + " wrote it");
    }
  }
}
