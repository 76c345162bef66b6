package dev.ppe.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.client.Progress;
import dev.ppe.client.terminal.ProgressLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter err = new StringWriter();

  private ProgressBar bar(boolean shown) {
    return new ProgressBar(new ProgressLine(new PrintWriter(err), shown), 1000);
  }

  private static Progress progress(long answered, long failed, long millis) {
    return new Progress(answered, failed, Duration.ofMillis(millis));
  }

  @Test
  void theLineTellsHowFarAtWhatRateAndHowLongYet() {
    assertThat(ProgressBar.text(progress(250, 0, 10_000), 1000))
        .isEqualTo("[#####               ] 250 of 1000, 25/s, 0:30 left");
    assertThat(ProgressBar.text(progress(10, 2, 10_000), 10_000))
        .isEqualTo("[                    ] 12 of 10000, 1.2/s, 2:18:44 left, 2 failed");
    assertThat(ProgressBar.text(progress(1000, 0, 10_000), 1000))
        .isEqualTo("[####################] 1000 of 1000, 100/s, 0:00 left");
  }

  @Test
  void itFitsATerminal() {
    assertThat(ProgressBar.text(progress(999_999, 999_999, 3_600_000), 9_999_999))
        .hasSizeLessThan(80);
  }

  @Test
  void shortWorkShowsNone() {
    bar(true).show(progress(1, 0, 100));
    assertThat(err).hasToString("");
  }

  @Test
  void itIsDrawnAFewTimesASecondAndTakenAway() {
    ProgressBar bar = bar(true);
    bar.show(progress(100, 0, 1000));
    bar.show(progress(101, 0, 1010)); // too soon
    bar.show(progress(120, 0, 1200));
    bar.close();
    assertThat(err.toString().split("\r", -1)).hasSize(4);
    assertThat(err.toString()).contains("100 of 1000", "120 of 1000").doesNotContain("101 of");
    assertThat(err.toString()).endsWith("\r\u001b[K");
  }

  @Test
  void whereNobodySeesItNothingIsDrawn() {
    ProgressBar bar = bar(false);
    bar.show(progress(100, 0, 1000));
    bar.close();
    assertThat(err).hasToString("");
  }
}
