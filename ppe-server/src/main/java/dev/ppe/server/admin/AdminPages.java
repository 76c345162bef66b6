package dev.ppe.server.admin;

import dev.ppe.server.admin.AdminServer.Answer;
import dev.ppe.server.config.AdminSettings;
import dev.ppe.server.health.Readiness;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pages that there are.
 *
 * <ul>
 *   <li>{@code /}: everything, for people
 *   <li>{@code /healthz}: 200 as long as the process answers
 *   <li>{@code /readyz}: 200 while the server is ready for calls, 503 otherwise
 *   <li>{@code /metrics}: for Prometheus
 * </ul>
 */
public final class AdminPages {
  private AdminPages() {}

  /**
   * Serves them, if they are asked for.
   *
   * @throws IllegalArgumentException if there is no such host
   * @throws IOException if the server cannot listen there
   */
  public static Optional<AdminServer> start(
      AdminSettings settings,
      Readiness readiness,
      Supplier<String> metrics,
      Supplier<List<Section>> sections)
      throws IOException {
    if (!settings.enabled()) {
      return Optional.empty();
    }
    return Optional.of(
        AdminServer.start(
            settings,
            Map.of(
                "/", () -> new Answer(200, Answer.HTML, HtmlPage.of("ppe serve", sections.get())),
                "/healthz", () -> new Answer(200, Answer.TEXT, "ok\n"),
                "/readyz", () -> ready(readiness.state()),
                "/metrics", () -> new Answer(200, Answer.METRICS, metrics.get()))));
  }

  private static Answer ready(Readiness.State state) {
    return switch (state) {
      case STARTING -> new Answer(503, Answer.TEXT, "starting\n");
      case READY -> new Answer(200, Answer.TEXT, "ready\n");
      case ENDING -> new Answer(503, Answer.TEXT, "ending\n");
    };
  }
}
