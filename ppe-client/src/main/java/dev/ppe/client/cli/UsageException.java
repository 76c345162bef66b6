package dev.ppe.client.cli;

/** A mistake in what was asked for, not in a model: nothing further is worth trying. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
