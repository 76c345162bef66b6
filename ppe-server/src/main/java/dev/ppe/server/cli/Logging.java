package dev.ppe.server.cli;

import ch.qos.logback.classic.LoggerContext;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sets up what {@code logback.xml} leaves open. */
final class Logging {
  /** How much of the server's own is logged; libraries always log warnings and errors. */
  enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  private Logging() {}

  /** Takes in what gRPC logs to java.util.logging, and sets the level if one is given. */
  static void start(Optional<Level> level) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    if (level.isPresent() && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context
          .getLogger("dev.ppe")
          .setLevel(ch.qos.logback.classic.Level.toLevel(level.get().name()));
    }
  }
}
