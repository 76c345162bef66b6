package dev.ppe.server;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Statuses;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request, of {@code key=value} pairs: at DEBUG, and at WARN with the stack where
 * the fault is the server's own. What clients sent appears in it by name and size only, printable
 * and cut to a length.
 */
final class RequestLog {
  private static final Logger log = LoggerFactory.getLogger(RequestLog.class);
  private static final int MAX_TEXT = 80;

  private RequestLog() {}

  /** A request that got its answer. */
  static void answered(EstimateRequest request, EstimateResponse response, long nanos) {
    if (log.isDebugEnabled()) {
      log.debug("{}", line(request, response.getModelName(), Status.Code.OK, nanos));
    }
  }

  /** A request that was answered without being read. */
  static void answeredBefore(int bytes) {
    log.debug("estimate bytes={} code={} cache=hit", bytes, Status.Code.OK);
  }

  /** A request that did not. */
  static void failed(EstimateRequest request, Throwable failure, long nanos) {
    Status.Code code = Statuses.of(failure).getCode();
    if (code == Status.Code.INTERNAL) {
      log.warn("{}", line(request, request.getModelName(), code, nanos), printable(failure));
    } else if (log.isDebugEnabled()) {
      log.debug("{}", line(request, request.getModelName(), code, nanos));
    }
  }

  /** A failure outside of an estimate. */
  static void failed(String method, Throwable failure) {
    Status.Code code = Statuses.of(failure).getCode();
    if (code == Status.Code.INTERNAL) {
      log.warn("method={} code={}", method, code, printable(failure));
    } else {
      log.debug("method={} code={}", method, code);
    }
  }

  private static String line(EstimateRequest request, String model, Status.Code code, long nanos) {
    String accelerator =
        request.hasAcceleratorSpec()
            ? request.getAcceleratorSpec().getName()
            : request.getAcceleratorName();
    return "estimate model=\"%s\" accelerator=\"%s\" form=%s bytes=%d code=%s us=%d"
        .formatted(
            printable(model),
            printable(accelerator),
            request.getModelCase(),
            request.getSerializedSize(),
            code,
            nanos / 1000);
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
