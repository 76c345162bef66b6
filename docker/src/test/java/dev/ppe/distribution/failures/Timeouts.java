package dev.ppe.distribution.failures;

import java.util.Map;

/** How soon the servers under attack are told to be rid of silent clients. */
enum Timeouts {
  /** As the settings have it, which may be minutes. */
  AS_SET,

  /** Within seconds, so that a short siege sees the end of every silence. */
  SHORT;

  /** Variables for a server, which go before its file. */
  Map<String, String> environment() {
    return switch (this) {
      case AS_SET -> Map.of();
      case SHORT ->
          Map.of(
              "PPE_SERVER_CONNECTIONS_HANDSHAKE_SECONDS", "5",
              "PPE_SERVER_CONNECTIONS_KEEP_ALIVE_SECONDS", "2",
              "PPE_SERVER_CONNECTIONS_KEEP_ALIVE_TIMEOUT_SECONDS", "4",
              "PPE_SERVER_CONNECTIONS_MAX_AGE_SECONDS", "8");
    };
  }
}
