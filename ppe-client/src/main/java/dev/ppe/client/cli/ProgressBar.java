package dev.ppe.client.cli;

import dev.ppe.client.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * A line on standard error that tells how far long work has come, at what rate, and how long the
 * rest will take. Other lines go above it.
 */
final class ProgressBar implements AutoCloseable {
  private static final int CELLS = 20;
  private static final long BETWEEN_NANOS = 100_000_000;

  /** Short work needs none: it would only flicker. */
  private static final long FIRST_NANOS = 500_000_000;

  private final PrintWriter err;
  private final long total;
  private final boolean shown;
  private long lastNanos = -BETWEEN_NANOS;
  private boolean drawn;

  /**
   * A bar for so much work.
   *
   * @param shown whether there is somebody to see it
   */
  ProgressBar(PrintWriter err, long total, boolean shown) {
    this.err = err;
    this.total = total;
    this.shown = shown;
  }

  /** Shows how far the work has come, a few times a second at most. */
  void show(Progress progress) {
    long nanos = progress.elapsed().toNanos();
    if (shown && nanos >= FIRST_NANOS && nanos - lastNanos >= BETWEEN_NANOS) {
      lastNanos = nanos;
      draw(progress);
    }
  }

  private void draw(Progress progress) {
    err.print("\r\u001b[K" + line(progress, total));
    err.flush();
    drawn = true;
  }

  /** Takes the line away, for another one or for good. */
  void clear() {
    if (drawn) {
      err.print("\r\u001b[K");
      err.flush();
      drawn = false;
    }
  }

  @Override
  public void close() {
    clear();
  }

  /** The line, of less than 80 characters. */
  static String line(Progress progress, long total) {
    long done = progress.done();
    int full = (int) (total == 0 ? CELLS : CELLS * done / total);
    String failed = progress.failed() == 0 ? "" : ", %d failed".formatted(progress.failed());
    return String.format(
        Locale.ROOT,
        "[%s%s] %d of %d, %s, %s left%s",
        "#".repeat(full),
        " ".repeat(CELLS - full),
        done,
        total,
        rate(progress.perSecond()),
        left(progress, total),
        failed);
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f/s" : "%.0f/s", perSecond);
  }

  private static String left(Progress progress, long total) {
    if (progress.perSecond() <= 0) {
      return "?";
    }
    long seconds = (long) Math.ceil((total - progress.done()) / progress.perSecond());
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
