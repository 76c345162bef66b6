package dev.ppe.nas.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process that is killed with SIGKILL, five times; {@code .ci/kill-studies} does it fifty
 * times.
 */
class KilledStudyTest {
  private static final int KILLS = 5;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private Path folder;

  @Test
  void aKilledSearchGoesOnToTheTrialsOfOneThatWasNot() throws Exception {
    Path whole = folder.resolve("whole.db");
    Path killed = folder.resolve("killed.db");
    assertThat(start(search(whole)).waitFor()).isZero();
    SplittableRandom random = new SplittableRandom(3);
    List<String> recorded = List.of();
    for (int i = 0; i < KILLS; i++) {
      Process process = start(i == 0 ? search(killed) : resume(killed));
      awaitMoreThan(recorded.size(), killed, process);
      Thread.sleep(random.nextInt(100)); // any moment will do
      process.destroyForcibly().waitFor();
      List<String> now = Studies.dump(StudyFile.read(killed));
      assertThat(now).as("after kill %d", i).containsAll(recorded);
      recorded = now;
    }
    assertThat(start(resume(killed)).waitFor()).isZero();
    assertThat(Studies.dump(StudyFile.read(killed))).isEqualTo(Studies.dump(StudyFile.read(whole)));
  }

  private static List<String> search(Path study) {
    return List.of(
        "search",
        "--space=mobilenet-edgetpu-v2",
        "--objective=quality, latency<=1ms",
        "--quality=proxy",
        "--accelerator=tensor-g1",
        "--trials=300",
        "--study=" + study);
  }

  private static List<String> resume(Path study) {
    return List.of("resume", study.toString());
  }

  private Process start(List<String> arguments) throws IOException {
    return NasProcess.start(arguments, folder.resolve("log"));
  }

  private void awaitMoreThan(int trials, Path study, Process process) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (process.isAlive() && count(study) <= trials) {
      assertThat(System.nanoTime()).as(Files.readString(folder.resolve("log"))).isLessThan(end);
      Thread.sleep(5);
    }
  }

  private static int count(Path study) {
    return Files.exists(study) ? StudyFile.read(study).done().size() : 0;
  }
}
