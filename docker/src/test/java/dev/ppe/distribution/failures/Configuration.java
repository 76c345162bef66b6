package dev.ppe.distribution.failures;

import dev.ppe.server.ServerConfig;
import dev.ppe.server.ServerConfigReader;
import dev.ppe.server.config.ConnectionSettings;
import dev.ppe.server.connection.ConnectionLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the servers under attack are configured.
 *
 * @param settings whose fields they are told
 * @param timeouts whether they are told other times than those
 */
record Configuration(Settings settings, Timeouts timeouts) {
  /**
   * What clients have to reckon with.
   *
   * @param maxMessageBytes that a message may have
   * @param maxModelBytes that a model in it may have
   * @param maxConnectionsPerClient that one address may have
   * @param maxCalls that a connection may have at a time
   * @param handshake after which a connection on which nobody speaks HTTP/2 is closed
   * @param silence after which one is closed that has no call and is silent
   * @param silenceInCall the same if it has a call
   */
  record Promises(
      int maxMessageBytes,
      int maxModelBytes,
      int maxConnectionsPerClient,
      int maxCalls,
      Duration handshake,
      Duration silence,
      Duration silenceInCall) {}

  /** Reads all of it: to be asked for once. */
  Promises promises() {
    ServerConfig config = read();
    ConnectionSettings connections = config.operations().connections();
    int silence = connections.keepAliveSeconds() + connections.keepAliveTimeoutSeconds();
    int age = connections.maxAgeSeconds() * 11 / 10; // give or take a tenth
    return new Promises(
        config.maxMessageBytes(),
        config.limits().maxModelBytes(),
        ConnectionLimits.of(connections).mostOfClient(),
        connections.maxCalls(),
        Duration.ofSeconds(connections.handshakeSeconds()),
        Duration.ofSeconds(silence),
        Duration.ofSeconds(silence + age + connections.maxAgeGraceSeconds()));
  }

  private ServerConfig read() {
    try {
      return ServerConfigReader.read(
          Optional.of(settings.file()), timeouts.environment(), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
