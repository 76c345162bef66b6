package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ppe.server.observe.EncodedTask;
import dev.ppe.server.observe.RequestRecord;
import dev.ppe.server.security.ClientIdentity;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RequestLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(RequestLog.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final RequestLog requestLog = new RequestLog(Duration.ofSeconds(1));

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

  private void finished(Status.Code code, long nanos, Optional<Throwable> failure) {
    requestLog.finished(
        new RequestRecord(
            "a-1",
            "Estimate",
            ClientIdentity.listed("search"),
            EncodedTask.of(Requests.named("net\nforged").toByteArray()).described(),
            code,
            Instant.EPOCH,
            nanos,
            OptionalLong.of(17_000)),
        failure);
  }

  private ILoggingEvent line() {
    assertThat(lines.list).hasSize(1);
    return lines.list.getFirst();
  }

  @Test
  void anAnswerIsOneLineOfFields() {
    finished(Status.Code.OK, 1_234_567, Optional.empty());
    assertThat(line().getLevel()).isEqualTo(Level.DEBUG);
    assertThat(line().getKeyValuePairs())
        .extracting(field -> field.key + "=" + field.value)
        .filteredOn(field -> !field.startsWith("bytes="))
        .containsExactly(
            "request_id=a-1",
            "client=search",
            "method=Estimate",
            "model=net?forged",
            "accelerator=",
            "fidelity=cycle",
            "form=GRAPH",
            "wait_us=17",
            "code=OK",
            "us=1234");
  }

  @Test
  void aSlowAnswerIsToldWithoutBeingAskedFor() {
    finished(Status.Code.OK, 1_000_000_000, Optional.empty());
    assertThat(line().getLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void aClientsFaultHasNoStack() {
    finished(Status.Code.INVALID_ARGUMENT, 1, Optional.of(new IllegalArgumentException("bad")));
    assertThat(line().getLevel()).isEqualTo(Level.DEBUG);
    assertThat(line().getThrowableProxy()).isNull();
  }

  @Test
  void aFaultOfTheServersOwnIsAWarningWithItsStack() {
    finished(
        Status.Code.INTERNAL, 1, Optional.of(new IllegalStateException("node\n2026 ERROR forged")));
    assertThat(line().getLevel()).isEqualTo(Level.WARN);
    assertThat(line().getThrowableProxy().getMessage())
        .isEqualTo("java.lang.IllegalStateException: node?2026 ERROR forged");
    assertThat(line().getThrowableProxy().getStackTraceElementProxyArray()).isNotEmpty();
  }

  @Test
  void memoryThatRanOutIsAWarningWithoutAStack() {
    OutOfMemoryError failure = new OutOfMemoryError("Java heap space");
    finished(Status.Code.RESOURCE_EXHAUSTED, 1, Optional.of(failure));
    RequestLog.failed("EstimateStream", failure);
    assertThat(lines.list)
        .hasSize(2)
        .allSatisfy(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.WARN);
              assertThat(line.getThrowableProxy()).isNull();
              assertThat(line.getKeyValuePairs())
                  .anySatisfy(field -> assertThat(field.value).isEqualTo("out of memory"));
            });
  }

  @Test
  void namesCannotForgeLines() {
    assertThat(RequestLog.printable("a\r\nb\u001b[31m\u2028\"\u202e\u0000c"))
        .isEqualTo("a??b?[31m????c");
    assertThat(RequestLog.printable("x".repeat(1000))).hasSize(80);
    assertThat(RequestLog.printable("netz-größe 網")).isEqualTo("netz-größe 網");
  }
}
