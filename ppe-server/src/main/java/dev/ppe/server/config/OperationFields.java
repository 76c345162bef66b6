package dev.ppe.server.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ppe.simulator.hardware.YamlObject;
import java.util.Locale;

/** {@link OperationSettings} as fields of the configuration. */
public final class OperationFields {
  private OperationFields() {}

  /** Adds the fields of {@code settings} to {@code fields}. */
  public static void encode(OperationSettings settings, ObjectNode fields) {
    SecuritySettings security = settings.security();
    fields.put("plaintext", security.plaintext());
    fields
        .putObject("tls")
        .put("certificate", security.tls().certificate())
        .put("key", security.tls().key())
        .put("clientAuthorities", security.tls().clientAuthorities());
    fields.put("clientsFile", security.clientsFile());
    fields.put("reloadSeconds", security.reloadSeconds());
    ConnectionSettings connections = settings.connections();
    fields
        .putObject("connections")
        .put("maxConnections", connections.maxConnections())
        .put("maxConnectionsPerClient", connections.maxConnectionsPerClient())
        .put("handshakeSeconds", connections.handshakeSeconds())
        .put("keepAliveSeconds", connections.keepAliveSeconds())
        .put("keepAliveTimeoutSeconds", connections.keepAliveTimeoutSeconds())
        .put("minPingSeconds", connections.minPingSeconds())
        .put("maxIdleSeconds", connections.maxIdleSeconds())
        .put("maxAgeSeconds", connections.maxAgeSeconds())
        .put("maxAgeGraceSeconds", connections.maxAgeGraceSeconds())
        .put("maxCalls", connections.maxCalls())
        .put("maxResets", connections.maxResets())
        .put("maxLostCallsPerSecond", connections.maxLostCallsPerSecond())
        .put("maxMetadataBytes", connections.maxMetadataBytes())
        .put("maxOpenCalls", connections.maxOpenCalls())
        .put("maxOpenCallsPerClient", connections.maxOpenCallsPerClient())
        .put("requestSeconds", connections.requestSeconds())
        .put("maxArrivingBytes", connections.maxArrivingBytes());
    fields.put("warmUpSeconds", settings.warmUpSeconds());
    fields.put("drainSeconds", settings.drainSeconds());
    fields
        .putObject("admin")
        .put("enabled", settings.admin().enabled())
        .put("host", settings.admin().host())
        .put("port", settings.admin().port());
    fields
        .putObject("tracing")
        .put("endpoint", settings.tracing().endpoint())
        .put("samplePercent", settings.tracing().samplePercent())
        .put("serviceName", settings.tracing().serviceName());
    fields
        .putObject("log")
        .put("format", settings.log().format().name().toLowerCase(Locale.ROOT))
        .put("slowRequestMillis", settings.log().slowRequestMillis());
  }

  /**
   * The settings of the fields that {@link #encode} writes.
   *
   * @throws IllegalArgumentException naming the field
   */
  public static OperationSettings decode(YamlObject yaml) {
    return new OperationSettings(
        new SecuritySettings(
            yaml.flag("plaintext"),
            yaml.object(
                "tls",
                tls ->
                    new TlsSettings(
                        tls.text("certificate"), tls.text("key"), tls.text("clientAuthorities"))),
            yaml.text("clientsFile"),
            yaml.number("reloadSeconds")),
        yaml.object("connections", OperationFields::connections),
        yaml.number("warmUpSeconds"),
        yaml.number("drainSeconds"),
        yaml.object(
            "admin",
            admin ->
                new AdminSettings(admin.flag("enabled"), admin.text("host"), admin.number("port"))),
        yaml.object(
            "tracing",
            tracing ->
                new TracingSettings(
                    tracing.text("endpoint"),
                    tracing.number("samplePercent"),
                    tracing.text("serviceName"))),
        yaml.object(
            "log",
            log ->
                new LogSettings(
                    log.choice("format", LogFormat.class), log.number("slowRequestMillis"))));
  }

  private static ConnectionSettings connections(YamlObject yaml) {
    return new ConnectionSettings(
        yaml.number("maxConnections"),
        yaml.number("maxConnectionsPerClient"),
        yaml.number("handshakeSeconds"),
        yaml.number("keepAliveSeconds"),
        yaml.number("keepAliveTimeoutSeconds"),
        yaml.number("minPingSeconds"),
        yaml.number("maxIdleSeconds"),
        yaml.number("maxAgeSeconds"),
        yaml.number("maxAgeGraceSeconds"),
        yaml.number("maxCalls"),
        yaml.number("maxResets"),
        yaml.number("maxLostCallsPerSecond"),
        yaml.number("maxMetadataBytes"),
        yaml.number("maxOpenCalls"),
        yaml.number("maxOpenCallsPerClient"),
        yaml.number("requestSeconds"),
        yaml.integer("maxArrivingBytes"));
  }
}
