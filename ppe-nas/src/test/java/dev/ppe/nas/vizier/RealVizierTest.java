package dev.ppe.nas.vizier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ppe.client.ConnectionSecurity;
import dev.ppe.client.Target;
import dev.ppe.nas.backend.Backend;
import dev.ppe.nas.backend.Observation;
import dev.ppe.nas.objective.ObjectiveParser;
import dev.ppe.nas.objective.Outcome.Scored;
import dev.ppe.nas.space.Point;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server, where python3 has the package {@code vizier}. */
class RealVizierTest {
  /** Prints the address, and ends with its standard input. */
  private static final String SERVER =
      """
      import sys
      from vizier.service import constants
      try:
          from vizier.service import servers
      except ImportError:
          from vizier.service import vizier_server as servers
      server = servers.DefaultVizierServer(database_url=constants.SQL_MEMORY_URL)
      print("listening", server.endpoint, flush=True)
      sys.stdin.read()
      """;

  private static boolean isInstalled() {
    try {
      Process process =
          new ProcessBuilder(
                  "python3",
                  "-c",
                  "import importlib.util as u, sys; sys.exit(u.find_spec('vizier') is None)")
              .redirectErrorStream(true)
              .start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RANDOM_SEARCH", "NSGA2", "QUASI_RANDOM_SEARCH"})
  void searchesAsWithTheFake(String algorithm) throws Exception {
    assumeTrue(isInstalled(), "python3 has no package vizier: the real server is not tried");
    Process server =
        new ProcessBuilder("python3", "-c", SERVER)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (Backend backend = backend(address(server), algorithm)) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        List<Point> batch = backend.suggest(5);
        assertThat(batch).isNotEmpty().hasSizeLessThanOrEqualTo(5);
        points.addAll(batch);
        backend.tell(
            batch.stream()
                .map(p -> new Observation(p, new Scored(List.of(p.number("width"), -1.0), 0)))
                .toList());
      }
      assertThat(points).hasSizeGreaterThan(8);
    } finally {
      server.destroy();
    }
  }

  private static String address(Process server) throws IOException {
    BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
    for (Optional<String> line = next(out); line.isPresent(); line = next(out)) {
      if (line.get().startsWith("listening ")) {
        return line.get().substring("listening ".length());
      }
    }
    throw new IOException("the Vizier server ended before it listened");
  }

  private static Optional<String> next(BufferedReader reader) throws IOException {
    return Optional.ofNullable(reader.readLine());
  }

  private static Backend backend(String address, String algorithm) {
    return new VizierBackend(
        VizierServer.at(Target.parse(address), ConnectionSecurity.PLAINTEXT, Duration.ofMinutes(2)),
        VizierSettings.of(Map.of("algorithm", algorithm)),
        new VizierBackend.Identity("real", "client"),
        VizierBackendTest.SPACE,
        ObjectiveParser.parse("quality, latency"));
  }
}
