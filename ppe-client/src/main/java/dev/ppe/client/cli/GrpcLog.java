package dev.ppe.client.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What gRPC would say beside the failures that it reports; loaded only by who asks servers. */
final class GrpcLog {
  /** Held, or the level is forgotten with the logger. */
  private static final Logger LOGGER = Logger.getLogger("io.grpc");

  private GrpcLog() {}

  /** Silences it. */
  static void off() {
    LOGGER.setLevel(Level.OFF);
  }
}
