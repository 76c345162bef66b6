package dev.ppe.nas.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.nas.backend.BackendFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One search at a time goes on with a study. */
class StudyLockTest {
  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void beginAStudy() {
    path = folder.resolve("study.db");
    StudyFile.create(path, Studies.definition(BackendFactory.RANDOM), 16).close();
  }

  private String resumedInAnotherProcess(int exitCode) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Files.deleteIfExists(log);
    Process process = NasProcess.start(List.of("resume", path.toString()), log);
    int code = process.waitFor();
    String said = Files.readString(log);
    assertThat(code).as(said).isEqualTo(exitCode);
    return said.strip();
  }

  @Test
  void anotherProcessIsKeptOffUntilTheStudyIsClosed() throws Exception {
    String message =
        "ppe: %s: a search in another process goes on with it, process %d"
            .formatted(path, ProcessHandle.current().pid());
    try (StudyFile file = StudyFile.open(path)) {
      assertThat(resumedInAnotherProcess(1)).isEqualTo(message);
      // Neither a second attempt of this process nor a reader gives the lock away.
      assertThatThrownBy(() -> StudyFile.open(path)).hasMessageEndingWith(", this one");
      assertThat(StudyFile.read(path).done()).isEmpty();
      assertThat(resumedInAnotherProcess(1)).isEqualTo(message);
      assertThat(file.study().done()).isEmpty();
    }
    assertThat(resumedInAnotherProcess(0)).contains("16 of 16");
    StudyFile.open(path).close();
  }

  @Test
  void anotherProcessMayHaveTheStudyAndIsNamed() throws Exception {
    Path log = folder.resolve("log");
    Process other = NasProcess.start(List.of("resume", path.toString(), "--trials=10000000"), log);
    try {
      while (other.isAlive() && StudyFile.read(path).done().isEmpty()) {
        Thread.sleep(20);
      }
      assertThat(other.isAlive()).as(() -> read(log)).isTrue();
      assertThatThrownBy(() -> StudyFile.open(path))
          .hasMessage(
              "%s: a search in another process goes on with it, process %d", path, other.pid());
    } finally {
      other.destroyForcibly().waitFor();
    }
    StudyFile.open(path).close(); // the system has taken the lock back
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // links need rights there
  void aLinkToAStudyLeadsToTheSameLock() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), path);
    try (StudyFile file = StudyFile.open(path)) {
      assertThatThrownBy(() -> StudyFile.open(link)).hasMessageEndingWith(", this one");
      assertThat(file.study().done()).isEmpty();
    }
  }

  @Test
  void resultsThatAreThereAlreadyAreNotWrittenOver() {
    try (StudyFile file = StudyFile.open(path)) {
      Trial trial =
          Trial.suggested(0, 0, file.study().space().space().sample(new SplittableRandom(1)));
      file.suggest(List.of(trial), List.of());
      file.record(List.of(trial.with(new Trial.Failed("first"))));
      assertThatThrownBy(() -> file.record(List.of(trial.with(new Trial.Failed("second")))))
          .isInstanceOf(StudyException.class)
          .hasMessage(
              path
                  + ": another search has written trials of this one; what it recorded stays: end one"
                  + " of them and resume");
      assertThatThrownBy(() -> file.suggest(List.of(trial), List.of()))
          .isInstanceOf(StudyException.class)
          .hasMessageStartingWith(path + ": another search has written to it (");
      assertThat(file.study().trials().getFirst().result()).isEqualTo(new Trial.Failed("first"));
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
