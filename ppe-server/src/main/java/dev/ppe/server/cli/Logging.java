package dev.ppe.server.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.ppe.server.config.LogFormat;
import java.util.Optional;
import org.slf4j.Logger;
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

  /** Takes in what gRPC logs to java.util.logging, sets the level if one is given, and the form. */
  static void start(Optional<Level> level, LogFormat format) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      level.ifPresent(
          given ->
              context
                  .getLogger("dev.ppe")
                  .setLevel(ch.qos.logback.classic.Level.toLevel(given.name())));
      if (format == LogFormat.JSON) {
        writeJson(context);
      }
    }
  }

  private static void writeJson(LoggerContext context) {
    if (context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr")
        instanceof OutputStreamAppender<ILoggingEvent> appender) {
      JsonLineEncoder encoder = new JsonLineEncoder();
      encoder.setContext(context);
      encoder.start();
      appender.stop();
      appender.setEncoder(encoder);
      appender.start();
    }
  }
}
