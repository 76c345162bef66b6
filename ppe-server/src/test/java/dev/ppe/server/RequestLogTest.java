package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RequestLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(RequestLog.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void anAnswerIsOneLine() {
    RequestLog.answered(Requests.named("net"), Requests.answerTo(Requests.named("net")), 1_234_567);
    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getLevel()).isEqualTo(Level.DEBUG);
    assertThat(lines.list.getFirst().getFormattedMessage())
        .matches("estimate model=\"net\" accelerator=\"\" form=GRAPH bytes=\\d+ code=OK us=1234");
  }

  @Test
  void aClientsFaultIsOneLineWithoutAStack() {
    RequestLog.failed(Requests.small(), new IllegalArgumentException("bad"), 1);
    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getFormattedMessage()).contains("code=INVALID_ARGUMENT");
    assertThat(lines.list.getFirst().getThrowableProxy()).isNull();
  }

  @Test
  void aFaultOfTheServersOwnIsAWarningWithItsStack() {
    RequestLog.failed(Requests.small(), new IllegalStateException("node\n2026 ERROR forged"), 1);
    assertThat(lines.list.getFirst().getLevel()).isEqualTo(Level.WARN);
    assertThat(lines.list.getFirst().getThrowableProxy().getMessage())
        .isEqualTo("java.lang.IllegalStateException: node?2026 ERROR forged");
    assertThat(lines.list.getFirst().getThrowableProxy().getStackTraceElementProxyArray())
        .isNotEmpty();
  }

  @Test
  void namesCannotForgeLines() {
    assertThat(RequestLog.printable("a\r\nb\u001b[31m\u2028\"\u202e\u0000c"))
        .isEqualTo("a??b?[31m????c");
    assertThat(RequestLog.printable("x".repeat(1000))).hasSize(80);
    assertThat(RequestLog.printable("netz-größe 網")).isEqualTo("netz-größe 網");
  }
}
