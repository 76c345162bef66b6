package dev.ppe.client;

/** What a caller's own code throws where calls under way must go on. */
final class Thrown {
  private Thrown() {}

  /** Reports it as of a thread that ends with it, for no caller can be told. */
  static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
  }

  /** Throws it again, unchecked as it is. */
  static RuntimeException again(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      default -> new IllegalStateException(thrown);
    };
  }
}
