package dev.ppe.server.config;

import java.time.Duration;

/**
 * Everything that operators care for beside what the server computes with.
 *
 * @param security who may use the server and how
 * @param connections how connections are kept
 * @param warmUpSeconds how long the server may work on networks of its own before it says that it
 *     is ready, 0 to 3600; 0 leaves that out
 * @param drainSeconds how long it goes on taking calls after it has said that it is no longer
 *     ready, 0 to 3600
 * @param admin the pages for operators
 * @param tracing OpenTelemetry traces
 * @param log what is written on standard error
 */
public record OperationSettings(
    SecuritySettings security,
    ConnectionSettings connections,
    int warmUpSeconds,
    int drainSeconds,
    AdminSettings admin,
    TracingSettings tracing,
    LogSettings log) {
  public static final OperationSettings DEFAULT =
      new OperationSettings(
          SecuritySettings.DEFAULT,
          ConnectionSettings.DEFAULT,
          10,
          1,
          AdminSettings.DEFAULT,
          TracingSettings.NONE,
          LogSettings.DEFAULT);

  public OperationSettings {
    Ranges.require("warmUpSeconds", warmUpSeconds, 0, 3600);
    Ranges.require("drainSeconds", drainSeconds, 0, 3600);
  }

  /** The longest time of warming up. */
  public Duration warmUp() {
    return Duration.ofSeconds(warmUpSeconds);
  }

  /** The time between "not ready" and the end of new calls. */
  public Duration drain() {
    return Duration.ofSeconds(drainSeconds);
  }
}
