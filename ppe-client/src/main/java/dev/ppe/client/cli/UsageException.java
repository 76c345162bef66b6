package dev.ppe.client.cli;

/** A mistake in what was asked for, not in a model: nothing further is worth trying. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
