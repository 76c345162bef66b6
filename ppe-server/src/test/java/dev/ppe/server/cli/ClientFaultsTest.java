package dev.ppe.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log of a server leaves out, with the configuration that it has. */
class ClientFaultsTest {
  private static final String HANDLER = "io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler";
  private static final String STREAM = "io.grpc.netty.shaded.io.grpc.netty.NettyServerStream";

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws JoranException {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(ServeCommand.class.getResource("/logback.xml"), "logback.xml"));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private static Exception reset() {
    return Http2Exception.streamError(3, Http2Error.STREAM_CLOSED, "reset");
  }

  private boolean logs(String name, String message, @Nullable Exception cause) {
    Logger logger = context.getLogger(name);
    Appender<ILoggingEvent> stderr =
        Objects.requireNonNull(context.getLogger("ROOT").getAppender("stderr"), "stderr");
    LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, cause, new Object[0]);
    return logger.isWarnEnabled() && stderr.getFilterChainDecision(event) != FilterReply.DENY;
  }

  @Test
  void brokenOffCallsAndMessagesThatAreTooLargeFillNoLog() {
    assertThat(logs(HANDLER, "Stream Error", reset())).isFalse();
    assertThat(logs(STREAM, "Exception processing message", new IllegalStateException())).isFalse();
  }

  @Test
  void tooManyHeadersFillNoLog() {
    Exception tooMany =
        Http2Exception.headerListSizeError(3, Http2Error.PROTOCOL_ERROR, true, "too long");
    assertThat(logs(HANDLER, "Stream Error", tooMany)).isFalse();
  }

  @Test
  void headersThatPromiseToTakeNoTrailersFillNoLog() {
    assertThat(logs(HANDLER, "Expected header TE: trailers, but null is received.", null))
        .isFalse();
    assertThat(logs("io.grpc.internal.ServerImpl", "Expected header TE: trailers", null)).isTrue();
  }

  @Test
  void faultsOfTheServersOwnAreLogged() {
    assertThat(logs(HANDLER, "Exception in onDataRead()", reset())).isTrue();
    assertThat(logs(HANDLER, "Stream Error", new IllegalStateException())).isTrue();
    assertThat(logs("io.grpc.internal.ServerImpl", "Stream Error", reset())).isTrue();
  }
}
