package dev.ppe.nas.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.study.NasProcess;
import dev.ppe.nas.study.SyntheticStudy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ppe nas serve-report} as a process: it says where it is, answers, and ends when told to.
 */
class ServeReportProcessTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void itEndsCleanlyWhenToldTo() throws Exception {
    Path study = folder.resolve("study.db");
    SyntheticStudy.create(study, Spaces.text("nasbench201"), "quality, latency", 20, 20, 3);
    Path log = folder.resolve("log");
    Files.createFile(log);
    Process process =
        NasProcess.start(List.of("serve-report", study.toString(), "--port", "0"), log);
    try (HttpClient client = HttpClient.newHttpClient()) {
      String address = address(log, process);
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                  .body())
          .contains("id=\"study\"");
      process.destroy(); // as Ctrl-C does
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(log)).doesNotContain("Exception").doesNotContain("error");
    } finally {
      process.destroyForcibly();
    }
  }

  private static String address(Path log, Process process) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      String said = Files.readString(log);
      int from = said.indexOf("http://");
      int to = said.indexOf('\n', Math.max(0, from));
      if (from >= 0 && to > from) {
        return said.substring(from, to).strip();
      }
      assertThat(process.isAlive() && System.nanoTime() < end).as(said).isTrue();
      Thread.sleep(20);
    }
  }
}
