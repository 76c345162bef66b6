package dev.ppe.server.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Leaves out what gRPC warns of when a client breaks off a call that is being answered, with a
 * stack, and when a call's headers do not say that its client takes trailers, with what they say
 * instead: any client could fill the log with it. The same logger's other lines stay: they tell of
 * the server's own faults.
 */
public final class ClientFaults extends Filter<ILoggingEvent> {
  private static final String LOGGER = "io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler";
  private static final String BROKEN_OFF = "Stream Error";
  private static final String BROKEN_OFF_BY = "Http2Exception$StreamException";
  private static final String NO_TRAILERS = "Expected header TE";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getLoggerName().equals(LOGGER) && (isBrokenOff(event) || takesNoTrailers(event))
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  private static boolean isBrokenOff(ILoggingEvent event) {
    IThrowableProxy cause = event.getThrowableProxy();
    return BROKEN_OFF.equals(event.getMessage())
        && cause != null
        && cause.getClassName().endsWith(BROKEN_OFF_BY);
  }

  private static boolean takesNoTrailers(ILoggingEvent event) {
    return event.getMessage() != null && event.getMessage().startsWith(NO_TRAILERS);
  }
}
