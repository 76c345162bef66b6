package dev.ppe.nas.yaml;

/** A description of a space that cannot be read; the message has source, line and field. */
public final class SpaceFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  SpaceFormatException(String message) {
    super(message);
  }

  SpaceFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
