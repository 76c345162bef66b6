package dev.ppe.server.connection;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Stream;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Stream.State;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The streams of a connection of HTTP/2, and how a server gets rid of them.
 *
 * <p>A call that the server ends before its client has said all is over for gRPC; its stream, and
 * whatever hangs on it, stays until the client ends it too, which need not ever be. Here such a
 * stream is reset without an error, as RFC 9113 (8.1) has it for answers that need no more of a
 * request.
 *
 * <p>A call whose end waits behind answers that its client has no window for is not over for gRPC
 * either. Its stream can be given up: for gRPC the client has taken it back, for the client the
 * server has.
 *
 * <p>All on the connection's own thread, unless it is said.
 */
final class WatchedStreams {
  /** Of what a connection may have to send: more than windows and calls' ends come to. */
  private static final int MOST_UNSENT_BYTES = 1 << 20;

  private final Http2ConnectionHandler http2;
  private final ChannelHandlerContext context;

  private boolean hungUp;

  private WatchedStreams(Http2ConnectionHandler http2, ChannelHandlerContext context) {
    this.http2 = http2;
    this.context = context;
  }

  /**
   * Watches all streams of a connection that has none yet.
   *
   * @param limits on those of its client and of all
   */
  static void watch(
      Http2ConnectionHandler http2, ChannelHandlerContext context, StreamLimits limits) {
    WatchedStreams streams = new WatchedStreams(http2, context);
    ArrivingFrames frames =
        new ArrivingFrames(
            http2.decoder().frameListener(),
            http2.connection(),
            new ArrivingFrames.Admission(
                limits, ClientIdentity.byAddress(context.channel().remoteAddress())),
            streams);
    http2.decoder().frameListener(frames);
    http2
        .connection()
        .addListener(
            new Http2ConnectionAdapter() {
              @Override
              public void onStreamHalfClosed(Http2Stream stream) {
                if (stream.state() == State.HALF_CLOSED_LOCAL) {
                  frames.answered(stream);
                  streams.resetUnlessItEnds(stream);
                }
              }

              @Override
              public void onStreamClosed(Http2Stream stream) {
                frames.closed(stream, !context.channel().isActive());
              }
            });
  }

  private void resetUnlessItEnds(Http2Stream stream) {
    context
        .executor()
        .execute(
            () -> { // its end may have come, too
              if (stream.state() == State.HALF_CLOSED_LOCAL) {
                reset(stream, Http2Error.NO_ERROR);
              }
            });
  }

  /** Ends a stream, by its number, if it has not ended: from any thread, some time soon. */
  void giveUp(int number) {
    context.executor().execute(() -> end(number));
  }

  /** The same when what was said on it had a second to be read, unless that is taken back. */
  Future<?> giveUpSoon(int number) {
    return context.executor().schedule(() -> end(number), 1, TimeUnit.SECONDS);
  }

  private void end(int number) {
    Http2Stream stream = http2.connection().stream(number);
    if (stream != null) {
      try {
        http2.decoder().frameListener().onRstStreamRead(context, number, Http2Error.CANCEL.code());
        reset(stream, Http2Error.CANCEL);
      } catch (Http2Exception e) { // there have been too many
        http2.onError(context, false, e);
      }
    }
  }

  /**
   * Refuses a stream that gRPC knows nothing of: HTTP/2 has its clients know that nothing was done
   * (RFC 9113, 8.7). That is sent when all has been read that came with it.
   */
  void refuse(int number) {
    ChannelFuture unused =
        http2.resetStream(context, number, Http2Error.REFUSED_STREAM.code(), context.newPromise());
  }

  /** Answers a stream that is to be no call, as its headers are none. */
  void answer(int number, CallHeaders.Fault fault) {
    Http2Headers words =
        new DefaultHttp2Headers()
            .status(fault.httpStatus())
            .add("content-type", "application/grpc")
            .add("grpc-status", "" + Status.Code.INVALID_ARGUMENT.value())
            .add("grpc-message", fault.words())
            .add("allow", "POST"); // where the status is 405 (RFC 9110, 15.5.6)
    ChannelFuture unused =
        http2.encoder().writeHeaders(context, number, words, 0, true, context.newPromise());
  }

  /**
   * Whether the connection's end has begun, or has to: calls' ends are bounded by no window of
   * HTTP/2, so a client that begins calls and reads nothing loses the connection. More that comes
   * on it meanwhile, as it does while TLS takes its leave, is for nobody.
   */
  boolean isOver() {
    if (context.channel().bytesBeforeWritable() > MOST_UNSENT_BYTES) {
      hangUp();
    }
    return hungUp || !context.channel().isActive();
  }

  /** Ends the connection at once, and all that is on it. */
  void hangUp() {
    if (!hungUp) {
      hungUp = true;
      context.channel().config().setAutoRead(false);
      ChannelFuture unused = context.close();
    }
  }

  private void reset(Http2Stream stream, Http2Error error) {
    ChannelFuture unused =
        http2.resetStream(context, stream.id(), error.code(), context.newPromise());
    context.flush();
  }
}
