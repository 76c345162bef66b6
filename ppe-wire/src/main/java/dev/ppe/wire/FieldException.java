package dev.ppe.wire;

import dev.ppe.simulator.graph.GraphTooLargeException;

/** A message that does not describe anything: names the field by its whole path, and the reason. */
final class FieldException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String reason;

  private FieldException(String path, String reason) {
    super(path + reason);
    this.path = path;
    this.reason = reason;
  }

  /** For example {@code stride_height} and {@code is 0, must be between 1 and 65536}. */
  static FieldException of(String field, String reason) {
    return new FieldException(field, " " + reason);
  }

  /** The same failure, seen from the message that has the failing one as a field. */
  static IllegalArgumentException within(String field, IllegalArgumentException failure) {
    return switch (failure) {
      case FieldException inner -> new FieldException(field + "." + inner.path, inner.reason);
      case GraphTooLargeException tooLarge ->
          new GraphTooLargeException(field + "." + tooLarge.getMessage());
      default -> new FieldException(field, ": " + failure.getMessage());
    };
  }
}
