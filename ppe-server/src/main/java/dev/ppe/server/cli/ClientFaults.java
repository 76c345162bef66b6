package dev.ppe.server.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Set;

/**
 * Leaves out what gRPC warns of when a client breaks off a call that is being answered or has too
 * long a list of headers, each with a stack, and when headers do not say that their client takes
 * trailers: any client could fill the log with it. The same logger's other lines stay: they tell of
 * the server's own faults.
 */
public final class ClientFaults extends Filter<ILoggingEvent> {
  private static final String LOGGER = "io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler";
  private static final String STREAM_ERROR = "Stream Error";
  private static final Set<String> CLIENTS =
      Set.of("Http2Exception$StreamException", "Http2Exception$HeaderListSizeException");
  private static final String NO_TRAILERS = "Expected header TE";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getLoggerName().equals(LOGGER) && (isClientsError(event) || takesNoTrailers(event))
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  private static boolean isClientsError(ILoggingEvent event) {
    IThrowableProxy cause = event.getThrowableProxy();
    return STREAM_ERROR.equals(event.getMessage())
        && cause != null
        && CLIENTS.stream().anyMatch(cause.getClassName()::endsWith);
  }

  private static boolean takesNoTrailers(ILoggingEvent event) {
    return event.getMessage() != null && event.getMessage().startsWith(NO_TRAILERS);
  }
}
