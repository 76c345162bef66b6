package dev.ppe.client.terminal;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * A line on standard error that is written over as work goes on. Other lines go above it: whoever
 * prints them clears this one before.
 */
public final class ProgressLine {
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean shown;
  private boolean drawn;

  /**
   * A line.
   *
   * @param shown whether there is somebody to see it; else nothing is drawn
   */
  public ProgressLine(PrintWriter err, boolean shown) {
    this.err = err;
    this.shown = shown;
  }

  /** Whether there is somebody to see it. */
  public boolean isShown() {
    return shown;
  }

  /** Writes over what is there. */
  public void draw(String text) {
    if (shown) {
      err.print(CLEAR + text);
      err.flush();
      drawn = true;
    }
  }

  /** Takes the line away, for another one or for good. */
  public void clear() {
    if (drawn) {
      err.print(CLEAR);
      err.flush();
      drawn = false;
    }
  }

  /** A time for people: {@code 0:30}, {@code 2:18:44}. */
  public static String text(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
