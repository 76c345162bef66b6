package dev.ppe.server.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Leaves out what gRPC warns of, with a stack, when a client breaks off a call that is being
 * answered: any client could fill the log with it. The same logger's other lines stay: they tell of
 * the server's own faults.
 */
public final class ClientFaults extends Filter<ILoggingEvent> {
  private static final String LOGGER = "io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler";
  private static final String MESSAGE = "Stream Error";
  private static final String CAUSE = "Http2Exception$StreamException";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    IThrowableProxy cause = event.getThrowableProxy();
    return event.getLoggerName().equals(LOGGER)
            && MESSAGE.equals(event.getMessage())
            && cause != null
            && cause.getClassName().endsWith(CAUSE)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
