package dev.ppe.nas.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.backend.BackendFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study file holds all that a search is, and says what is wrong with it. */
class StudyFileTest {
  private static final int TRIALS = 40;

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = folder.resolve("study.db");
  }

  private void search(int trials) throws InterruptedException {
    StudyFile.create(path, Studies.definition(BackendFactory.RANDOM), trials).close();
    goOn();
  }

  private Study goOn() throws InterruptedException {
    try (StudyFile file = StudyFile.open(path);
        PpeClient client = Studies.client()) {
      return new StudyRun(file, client::estimate, 2, false, StudyListener.NONE).run();
    }
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void theWholeDefinitionIsInTheFile() {
    StudyDefinition usual = Studies.definition(BackendFactory.EVOLUTION);
    for (QualityDefinition quality :
        List.of(
            new QualityDefinition.None(),
            new QualityDefinition.Proxy(),
            new QualityDefinition.Table("a.csv", "channels,quality\n32,0.5\n"),
            new QualityDefinition.Command(
                List.of("python3", "train.py", "--name=a \"b\""), Duration.ofSeconds(90), 2, 3))) {
      StudyDefinition definition =
          new StudyDefinition(
              usual.space(),
              usual.backend(),
              new TreeMap<>(Map.of("population", "30", "sample", "5")),
              12,
              "mnas-soft(latency=1.2ms)",
              -3,
              usual.accelerator(),
              usual.fidelity(),
              quality);
      Path each = folder.resolve(quality.getClass().getSimpleName() + ".db");
      StudyFile.create(each, definition, TRIALS).close();
      assertThat(StudyFile.read(each).definition()).isEqualTo(definition);
      assertThat(StudyFile.read(each).limit()).isEqualTo(TRIALS);
    }
  }

  @Test
  void nothingButAnEmptyLockIsLeftBesideAStudyThatIsClosed() throws Exception {
    search(TRIALS);
    Path lock = folder.resolve("study.db-lock");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(path, lock);
    }
    assertThat(lock).isEmptyFile();
  }

  @Test
  void aStudyIsNotBegunOverAnotherOne() throws Exception {
    search(TRIALS);
    byte[] before = Files.readAllBytes(path);
    assertThatThrownBy(
            () -> StudyFile.create(path, Studies.definition(BackendFactory.GRID), TRIALS))
        .isInstanceOf(StudyException.class)
        .hasMessage(path + ": is there already: resume it, or give another file");
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
  }

  @Test
  void aSecondSearchIsKeptOffWhileReadersAreNot() throws Exception {
    search(TRIALS);
    try (StudyFile file = StudyFile.open(path)) {
      assertThatThrownBy(() -> StudyFile.open(path))
          .isInstanceOf(StudyException.class)
          .hasMessage(path + ": a search in another process goes on with it, this one");
      assertThat(StudyFile.read(path).done()).hasSize(TRIALS);
      file.limit(TRIALS + 1);
      assertThat(StudyFile.read(path).limit()).isEqualTo(TRIALS + 1);
    }
    StudyFile.open(path).close();
  }

  @Test
  void aStudyOfAnotherVersionIsLeftAlone() throws Exception {
    search(TRIALS);
    sql("PRAGMA user_version = 3");
    assertThatThrownBy(() -> StudyFile.open(path))
        .isInstanceOf(StudyException.class)
        .hasMessage(
            path
                + ": is a study of version 3, this program knows versions up to 2: use the program that"
                + " wrote it");
  }

  @Test
  void anEmptyFileIsNoStudy() throws IOException {
    Files.createFile(path);
    assertThatThrownBy(() -> StudyFile.open(path))
        .hasMessageEndingWith("is empty: no study was begun in it; remove it and search again");
  }

  @Test
  void anSqliteFileOfSomethingElseIsNoStudy() throws SQLException {
    sql("CREATE TABLE a (b)");
    assertThatThrownBy(() -> StudyFile.read(path))
        .hasMessageEndingWith("is an SQLite file of something else, no study");
  }

  @Test
  void textIsNoStudy() throws IOException {
    Files.writeString(path, "trial,latency\n".repeat(1_000));
    assertThatThrownBy(() -> StudyFile.read(path)).hasMessage(path + ": is no study file");
  }

  @Test
  void aFileOrFolderThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> StudyFile.open(path)).hasMessage(path + ": no such file");
    assertThatThrownBy(() -> StudyFile.open(folder)).hasMessage(folder + ": is a directory");
    Path nowhere = folder.resolve("no").resolve("study.db");
    assertThatThrownBy(
            () -> StudyFile.create(nowhere, Studies.definition(BackendFactory.RANDOM), 1))
        .hasMessage(nowhere + ": no such folder");
  }

  @Test
  void aFullDiskStopsTheSearchAndTheStudyGoesOnWhenThereIsRoom() throws Exception {
    StudyDefinition definition = Studies.definition(BackendFactory.RANDOM);
    StudyFile.create(path, definition, 400).close();
    int done;
    try (StudyFile file = StudyFile.open(path);
        PpeClient client = Studies.client()) {
      file.limitPages(16);
      assertThatThrownBy(
              () -> new StudyRun(file, client::estimate, 2, false, StudyListener.NONE).run())
          .isInstanceOf(StudyException.class)
          .hasMessage(
              path + ": the disk is full; what was recorded is safe: free some space and resume");
      done = file.study().done().size();
    }
    assertThat(StudyFile.read(path).done()).hasSizeBetween(1, 399).hasSize(done);
    assertThat(Studies.dump(goOn())).isEqualTo(Studies.whole(definition, 400));
  }

  @Test
  void trialsThatAreMissingAreDamage() throws Exception {
    search(TRIALS);
    sql("DELETE FROM trial WHERE number = 7");
    assertThatThrownBy(() -> StudyFile.read(path))
        .hasMessageEndingWith("is damaged: there is no trial 7; use a copy of it");
  }

  @Test
  void aSpaceThatWasChangedIsDamage() throws Exception {
    search(TRIALS);
    sql("UPDATE study SET space = replace(space, '96', '97')");
    assertThatThrownBy(() -> StudyFile.read(path))
        .hasMessageContaining("is damaged, or of another version: its space was changed");
  }

  @Test
  void trialsThatItsBackEndDoesNotSuggestAreSaid() throws Exception {
    search(TRIALS);
    sql("UPDATE study SET seed = 8, trials = 41");
    assertThatThrownBy(this::goOn)
        .isInstanceOf(StudyException.class)
        .hasMessageContaining("suggests other points for trials 0 to 15 than were recorded");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void damagedBytesAreSaidOrLeaveAllTrialsReadable(long seed) throws Exception {
    search(TRIALS);
    List<String> whole = Studies.dump(StudyFile.read(path));
    byte[] bytes = Files.readAllBytes(path);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 25; i++) {
      byte[] damaged = bytes.clone();
      int from = random.nextInt(damaged.length);
      int length = 1 + random.nextInt(64);
      for (int k = from; k < Math.min(damaged.length, from + length); k++) {
        damaged[k] = (byte) random.nextInt(256);
      }
      Files.write(path, damaged);
      try {
        assertThat(StudyFile.read(path).trials()).hasSize(whole.size() + 8); // whole batches
      } catch (StudyException e) {
        assertThat(e.getMessage()).startsWith(path.toString()).doesNotContain("\n");
      }
    }
  }

  @Test
  void aFileThatIsCutShortIsSaid() throws Exception {
    search(TRIALS);
    byte[] bytes = Files.readAllBytes(path);
    for (int length : new int[] {1, 50, 100, 4_000, 4_096, bytes.length / 2, bytes.length - 1}) {
      Files.write(path, Arrays.copyOf(bytes, length));
      assertThat(catchThrowable(() -> StudyFile.read(path)))
          .describedAs("%d of %d bytes", length, bytes.length)
          .isInstanceOf(StudyException.class);
    }
  }

  @Test
  void whatIsWrittenIsPlainSql() throws Exception {
    search(TRIALS);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*) FROM trial WHERE point ->> 'channels' = '32' AND latency_us > 0")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isPositive();
    }
    assertThat(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1))
        .startsWith("SQLite format 3\0");
  }
}
