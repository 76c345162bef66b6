package dev.ppe.server.connection;

import dev.ppe.server.connection.ClientLimits.Refusal;
import dev.ppe.server.security.ClientIdentity;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Connection;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameListener;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Stream;
import java.util.Optional;

/**
 * Frames on their way to gRPC: each call hears of those that are its own. Streams beyond those that
 * an address may have do not get there, nor those whose headers are of no call, which are answered
 * here; those that come to nothing are {@link LostCalls counted}.
 *
 * <p>The payload of each DATA frame gets a buffer of its own, so that who keeps it keeps nothing
 * else of what was read with it. Frames of calls that were closed are thrown away, and so are those
 * without a payload unless they end their stream: gRPC would keep each until more comes, and
 * HTTP/2's windows do not count them.
 */
final class ArrivingFrames extends Http2FrameListenerDecorator {
  private final Http2Connection connection;
  private final Http2Connection.PropertyKey begunStream;
  private final Admission admission;
  private final WatchedStreams streams;

  /** Who is at the other end, and how many streams they may have. */
  record Admission(StreamLimits limits, ClientIdentity client) {
    Optional<Refusal> enter() {
      return limits.enter(client);
    }

    void leave() {
      limits.leave(client);
    }

    /** One has come to nothing. Returns whether too many have. */
    boolean lose() {
      return limits.lost().lose(client);
    }
  }

  /**
   * Frames of a connection.
   *
   * @param streams get rid of those that are not to be
   */
  ArrivingFrames(
      Http2FrameListener gRpc,
      Http2Connection connection,
      Admission admission,
      WatchedStreams streams) {
    super(gRpc);
    this.connection = connection;
    this.begunStream = connection.newKey();
    this.admission = admission;
    this.streams = streams;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int number,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean last)
      throws Http2Exception {
    if (streams.isOver()) {
      return;
    }
    Http2Stream stream = connection.stream(number);
    // Trailers have no use here, and gRPC would take them for a call's headers and lose the call.
    if (stream.getProperty(begunStream) != null) {
      streams.giveUp(number);
      return;
    }
    Optional<Refusal> refusal = admission.enter();
    if (refusal.isPresent()) {
      if (refusal.get() == Refusal.CLIENT && admission.lose()) {
        streams.hangUp();
      } else {
        streams.refuse(number);
      }
      return;
    }
    BegunStream begun = BegunStream.begin(() -> streams.giveUp(number));
    Object unused = stream.setProperty(begunStream, begun);
    try (begun) {
      Optional<CallHeaders.Fault> fault = CallHeaders.faultOf(headers);
      if (fault.isPresent()) {
        streams.answer(number, fault.get());
      } else {
        super.onHeadersRead(context, number, headers, dependency, weight, exclusive, padding, last);
      }
    }
    if (begun.call().isEmpty()) { // it was answered in HTTP's words, which nobody need let out
      begun.endBy(streams.giveUpSoon(number));
    }
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext context, int number, long error)
      throws Http2Exception {
    begun(number).ifPresent(BegunStream::takeBack);
    super.onRstStreamRead(context, number, error);
  }

  /** The server has said all on a stream, before its client has. */
  void answered(Http2Stream stream) {
    begun(stream.id()).ifPresent(BegunStream::answered);
  }

  /**
   * A stream has come to its end.
   *
   * @param cutOff with its connection
   */
  void closed(Http2Stream stream, boolean cutOff) {
    BegunStream begun = stream.removeProperty(begunStream);
    if (begun != null) {
      admission.leave();
      begun.end();
      if (begun.isLost(!cutOff && !stream.isResetSent()) && admission.lose()) {
        streams.hangUp();
      }
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int number, ByteBuf data, int padding, boolean last)
      throws Http2Exception {
    int bytes = data.readableBytes();
    if ((bytes == 0 && !last) || !isWanted(number, data, last)) {
      return padding + bytes; // what is thrown away is given back to the windows
    }
    if (bytes > 0) {
      ByteBuf own = context.alloc().buffer(bytes);
      try {
        own.writeBytes(data, data.readerIndex(), bytes);
        return super.onDataRead(context, number, own, padding, last);
      } finally {
        own.release();
      }
    }
    return super.onDataRead(context, number, Unpooled.EMPTY_BUFFER, padding, true);
  }

  private boolean isWanted(int number, ByteBuf data, boolean last) {
    return begun(number)
        .flatMap(BegunStream::call)
        .map(call -> call.arrived(data, last))
        .orElse(true);
  }

  private Optional<BegunStream> begun(int number) {
    return Optional.ofNullable(connection.stream(number))
        .map(stream -> stream.getProperty(begunStream));
  }
}
