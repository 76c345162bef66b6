package dev.ppe.nas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.nas.vizier.FakeVizier;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ppe nas search --backend vizier}, with a server, without one, and with mistakes. */
class VizierOptionsTest {
  @TempDir private Path folder;

  private Nas search(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "search",
                "--space=nasbench201",
                "--objective=quality, latency<=3ms",
                "--quality=proxy",
                "--fidelity=analytical",
                "--backend=vizier",
                "--trials=8"));
    arguments.addAll(List.of(more));
    return Nas.run(arguments.toArray(String[]::new));
  }

  private static void assertSaid(Nas nas, int exitCode, String message) {
    assertThat(nas.err()).startsWith("ppe: ").contains(message).hasLineCount(1);
    assertThat(nas.exitCode()).isEqualTo(exitCode);
    assertThat(nas.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--vizier=host|--vizier is \"host\", must be HOST:PORT",
        "--vizier=a:1,b:2|--vizier is \"a:1,b:2\", must be HOST:PORT",
        "--vizier=host:x|--vizier: \"host:x\": the port must be a number",
        "--vizier=h:1 --vizier-tls-cert=c.pem|--vizier-tls-cert and --vizier-tls-key belong together",
        "--vizier=h:1 --setting=algorithm=?|algorithm of vizier is \"?\", must be a word",
        "--vizier=h:1 --setting=population=3|vizier has no setting population",
        "--vizier=h:1 --vizier-tls-ca=none.pem|none.pem: no such file",
      })
  void mistakesAreSaidInALine(String arguments, String message) {
    assertSaid(search(arguments.split(" ", -1)), 2, message);
  }

  @Test
  void aServerThatIsNotThereLeavesAStudyThatIsGoneOnWith() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String study = folder.resolve("v.db").toString();
    String nobody = "no Vizier server answers at 127.0.0.1:%d: ".formatted(port);
    String server = "--vizier=127.0.0.1:" + port;
    assertSaid(search("--study=" + study, server), 1, study + ": " + nobody);
    assertSaid(Nas.run("resume", study, server), 1, nobody);
    assertSaid(Nas.run("resume", study), 2, "and none is given: --vizier HOST:PORT");
    assertThat(Nas.run("show", study).out()).contains("vizier in batches of 8").contains("0 of 8");
  }

  @Test
  void aSearchRunsOnAServerAndGoesOnThere() throws IOException {
    String study = folder.resolve("v.db").toString();
    try (FakeVizier vizier = new FakeVizier(1)) {
      String server = "--vizier=" + vizier.listen();
      Nas searched = search("--study=" + study, server, "--setting=algorithm=random-search");
      assertThat(searched.err()).isEmpty();
      assertThat(searched.out()).contains("8 of 8: 0 failed");
      Nas more = Nas.run("resume", study, server, "--trials=13");
      assertThat(more.exitCode()).isZero();
      assertThat(more.out()).contains("13 of 13: 0 failed");
      assertThat(vizier.trials()).hasSize(16); // two batches of eight
      assertThat(vizier.trials().stream().filter(trial -> trial.hasFinalMeasurement())).hasSize(8);
    }
  }
}
