package dev.ppe.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ppe.simulator.graph.GraphTooLargeException;
import dev.ppe.v1.EstimateError;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The only mapping of failures to gRPC's codes.
 *
 * <p>Messages of failures that the caller can do something about go to the caller, cut to a length
 * that fits HTTP/2 headers; of any other failure nothing does: no class names, no paths, no stack
 * traces.
 */
public final class Statuses {
  /**
   * The most UTF-8 bytes of a description. It travels in a header where one byte takes up to three,
   * and headers of 8 KiB are what clients accept.
   */
  static final int MAX_DESCRIPTION_BYTES = 2048;

  private Statuses() {}

  /**
   * The status that tells a caller of {@code failure}. Its cause is set for internal errors and
   * exhausted memory only.
   */
  public static Status of(Throwable failure) {
    return switch (failure) {
      case StatusRuntimeException status -> status.getStatus();
      case StatusException status -> status.getStatus();
      case CompletionException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
      case ExecutionException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
      case UnknownAcceleratorException unknown -> described(Status.NOT_FOUND, unknown);
      case GraphTooLargeException tooLarge -> described(Status.RESOURCE_EXHAUSTED, tooLarge);
      // Models, graphs, compilation and single fields: each has a kind of its own, all are this
      // one.
      case IllegalArgumentException invalid -> described(Status.INVALID_ARGUMENT, invalid);
      case InvalidProtocolBufferException invalid -> described(Status.INVALID_ARGUMENT, invalid);
      // The JDK's unmodifiable collections throw it without a message: that is a mistake in here.
      case UnsupportedOperationException missing when missing.getMessage() != null ->
          described(Status.UNIMPLEMENTED, missing);
      case DeadlineExceededException late -> described(Status.DEADLINE_EXCEEDED, late);
      case CancellationException cancelled -> described(Status.CANCELLED, cancelled);
      case OutOfMemoryError memory ->
          Status.RESOURCE_EXHAUSTED.withDescription("out of memory").withCause(memory);
      default -> Status.INTERNAL.withDescription("internal error").withCause(failure);
    };
  }

  /** Whether {@code failure} is a fault in here that somebody should look into. */
  public static boolean isFault(Throwable failure) {
    Status status = of(failure);
    return status.getCode() == Status.Code.INTERNAL
        || status.getCause() instanceof OutOfMemoryError;
  }

  /** The same for one request of a stream, which goes on. */
  public static EstimateError errorOf(Throwable failure) {
    Status status = of(failure);
    String description = status.getDescription();
    return EstimateError.newBuilder()
        .setCode(status.getCode().value())
        .setMessage(description == null ? "" : description)
        .build();
  }

  private static Status described(Status status, Exception failure) {
    String message = failure.getMessage();
    return message == null ? status : status.withDescription(printable(message));
  }

  /** One line of limited length: model files put any text whatsoever into names. */
  private static String printable(String message) {
    StringBuilder line = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < message.length(); ) {
      int point = message.codePointAt(i);
      String text = Character.isISOControl(point) ? " " : Character.toString(point);
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_DESCRIPTION_BYTES) {
        return line.append("...").toString();
      }
      line.append(text);
      i += Character.charCount(point);
    }
    return line.toString();
  }
}
