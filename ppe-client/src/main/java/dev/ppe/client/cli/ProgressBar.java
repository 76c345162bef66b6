package dev.ppe.client.cli;

import dev.ppe.client.Progress;
import dev.ppe.client.terminal.ProgressLine;
import java.time.Duration;
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

  private final ProgressLine line;
  private final long total;
  private long lastNanos = -BETWEEN_NANOS;

  /** A bar for so much work. */
  ProgressBar(ProgressLine line, long total) {
    this.line = line;
    this.total = total;
  }

  /** Shows how far the work has come, a few times a second at most. */
  void show(Progress progress) {
    long nanos = progress.elapsed().toNanos();
    if (line.isShown() && nanos >= FIRST_NANOS && nanos - lastNanos >= BETWEEN_NANOS) {
      lastNanos = nanos;
      line.draw(text(progress, total));
    }
  }

  @Override
  public void close() {
    line.clear();
  }

  /** The line, of less than 80 characters. */
  static String text(Progress progress, long total) {
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
    double seconds = Math.ceil((total - progress.done()) / progress.perSecond());
    return ProgressLine.text(Duration.ofSeconds((long) seconds));
  }
}
