package dev.ppe.server;

import dev.ppe.server.observe.RequestListener;
import dev.ppe.server.observe.RequestRecord;
import dev.ppe.wire.Statuses;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each request: at DEBUG, at INFO if it took long, and at WARN with the stack where
 * the fault is the server's own; without one where memory ran out, since the stack is that of any
 * request and there may be many. What clients sent appears in it by name and size only, printable
 * and cut to a length.
 */
final class RequestLog implements RequestListener {
  private static final Logger log = LoggerFactory.getLogger(RequestLog.class);
  private static final String OUT_OF_MEMORY = "out of memory";
  private static final int MAX_TEXT = 80;

  private final long slowNanos;

  /** Takes requests of {@code slow} and more to INFO. */
  RequestLog(Duration slow) {
    this.slowNanos = slow.toNanos();
  }

  @Override
  public void finished(RequestRecord request, Optional<Throwable> failure) {
    boolean outOfMemory = failure.filter(RequestLog::isOutOfMemory).isPresent();
    boolean fault = request.code() == Status.Code.INTERNAL;
    Level level =
        fault || outOfMemory
            ? Level.WARN
            : request.isEstimate() && request.nanos() >= slowNanos ? Level.INFO : Level.DEBUG;
    if (!log.isEnabledForLevel(level)) {
      return;
    }
    LoggingEventBuilder line =
        log.atLevel(level)
            .addKeyValue("request_id", request.id())
            .addKeyValue("client", printable(request.client().name()))
            .addKeyValue("method", request.method());
    if (request.isEstimate()) {
      line =
          line.addKeyValue("model", printable(request.task().model()))
              .addKeyValue("accelerator", printable(request.task().accelerator()))
              .addKeyValue("fidelity", request.task().fidelity())
              .addKeyValue("form", request.task().form())
              .addKeyValue("bytes", request.task().bytes());
    }
    if (request.waited().isPresent()) {
      line = line.addKeyValue("wait_us", request.waited().getAsLong() / 1000);
    }
    line = line.addKeyValue("code", request.code()).addKeyValue("us", request.nanos() / 1000);
    if (outOfMemory) {
      line = line.addKeyValue("failure", OUT_OF_MEMORY);
    }
    if (fault && failure.isPresent()) {
      line = line.setCause(printable(failure.get()));
    }
    line.log("request");
  }

  private static boolean isOutOfMemory(Throwable failure) {
    return Statuses.of(failure).getCause() instanceof OutOfMemoryError;
  }

  /** A fault of the server's own that no request's line tells of. */
  static void failed(String method, Throwable failure) {
    if (isOutOfMemory(failure)) {
      log.atWarn()
          .addKeyValue("method", method)
          .addKeyValue("failure", OUT_OF_MEMORY)
          .log("failure");
    } else if (Statuses.isFault(failure)) {
      log.atWarn().addKeyValue("method", method).setCause(printable(failure)).log("failure");
    }
  }

  /** The text without what could end the line or the quotes. */
  static String printable(String text) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .limit(MAX_TEXT)
        .map(point -> isPrintable(point) ? point : '?')
        .forEach(result::appendCodePoint);
    return result.toString();
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> point != '"';
    };
  }

  /** The same failure for a log: where it happened, and its message in printable form. */
  private static Throwable printable(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < 8 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    Throwable logged = new Throwable(printable(root.toString()), null, false, true) {};
    logged.setStackTrace(root.getStackTrace());
    return logged;
  }
}
