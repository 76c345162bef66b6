package dev.ppe.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter err = new StringWriter();

  @Test
  void itIsWrittenOverAndTakenAwayOnce() {
    ProgressLine line = new ProgressLine(new PrintWriter(err), true);
    line.draw("1 of 2");
    line.draw("2 of 2");
    line.clear();
    line.clear();
    assertThat(err).hasToString("\r\u001b[K1 of 2\r\u001b[K2 of 2\r\u001b[K");
  }

  @Test
  void whereNobodySeesItNothingIsDrawn() {
    ProgressLine line = new ProgressLine(new PrintWriter(err), false);
    line.draw("1 of 2");
    line.clear();
    assertThat(err).hasToString("");
  }

  @Test
  void timesHaveHoursWhereThereAreAny() {
    assertThat(ProgressLine.text(Duration.ofSeconds(5))).isEqualTo("0:05");
    assertThat(ProgressLine.text(Duration.ofSeconds(3599))).isEqualTo("59:59");
    assertThat(ProgressLine.text(Duration.ofSeconds(8324))).isEqualTo("2:18:44");
  }
}
