package dev.ppe.server.config;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * OpenTelemetry traces.
 *
 * @param endpoint where spans go: an OTLP collector's URL over HTTP, such as
 *     http://localhost:4318/v1/traces; empty for no traces
 * @param samplePercent how many of the traces that begin here are kept; those that a client began
 *     are kept as it says
 * @param serviceName the name that the spans carry
 */
public record TracingSettings(String endpoint, int samplePercent, String serviceName) {
  public static final TracingSettings NONE = new TracingSettings("", 100, "ppe-server");

  public TracingSettings {
    if (!endpoint.isEmpty() && !isHttp(endpoint)) {
      throw new IllegalArgumentException(
          "tracing.endpoint is \"%s\", must be a URL such as http://localhost:4318/v1/traces"
              .formatted(endpoint));
    }
    Ranges.require("tracing.samplePercent", samplePercent, 0, 100);
    if (serviceName.isBlank()) {
      throw new IllegalArgumentException("tracing.serviceName is empty, must be a name");
    }
  }

  /** Whether there are traces at all. */
  public boolean enabled() {
    return !endpoint.isEmpty();
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
