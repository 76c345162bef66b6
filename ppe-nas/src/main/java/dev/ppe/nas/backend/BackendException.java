package dev.ppe.nas.backend;

/**
 * A server that suggests points does not answer, or not as it should. The message is one line; what
 * was recorded of the search is as it was.
 */
public final class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BackendException(String message) {
    super(line(message));
  }

  public BackendException(String message, Throwable cause) {
    super(line(message), cause);
  }

  /** Servers send any text whatsoever. */
  private static String line(String message) {
    return message.replaceAll("\\p{Cntrl}+", " ");
  }

  /** What is wrong; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
