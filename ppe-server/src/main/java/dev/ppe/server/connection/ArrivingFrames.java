package dev.ppe.server.connection;

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
import java.util.function.IntConsumer;

/**
 * Frames on their way to gRPC: each call hears of those that are its own.
 *
 * <p>The payload of each DATA frame gets a buffer of its own, so that who keeps it keeps nothing
 * else of what was read with it. Frames without a payload are thrown away unless they end their
 * stream: gRPC would keep each until more comes, and HTTP/2's windows do not count them.
 */
final class ArrivingFrames extends Http2FrameListenerDecorator {
  private final Http2Connection connection;
  private final Http2Connection.PropertyKey callOfStream;
  private final IntConsumer reset;

  /**
   * Frames of a connection.
   *
   * @param reset gives up a stream, by its number, from any thread
   */
  ArrivingFrames(Http2FrameListener gRpc, Http2Connection connection, IntConsumer reset) {
    super(gRpc);
    this.connection = connection;
    this.callOfStream = connection.newKey();
    this.reset = reset;
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
    Optional<ArrivingCall> call;
    try (BegunStream begun = BegunStream.begin(() -> reset.accept(number))) {
      super.onHeadersRead(context, number, headers, dependency, weight, exclusive, padding, last);
      call = begun.call();
    }
    Http2Stream stream = connection.stream(number);
    if (stream != null && call.isPresent()) {
      Object unused = stream.setProperty(callOfStream, call.get());
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int number, ByteBuf data, int padding, boolean last)
      throws Http2Exception {
    int bytes = data.readableBytes();
    if (bytes > 0 && isWanted(number, data)) {
      ByteBuf own = context.alloc().buffer(bytes);
      try {
        own.writeBytes(data, data.readerIndex(), bytes);
        return super.onDataRead(context, number, own, padding, last);
      } finally {
        own.release();
      }
    }
    int given =
        last ? super.onDataRead(context, number, Unpooled.EMPTY_BUFFER, padding, true) : padding;
    return given + bytes; // what is thrown away is given back to the windows
  }

  private boolean isWanted(int number, ByteBuf data) {
    Http2Stream stream = connection.stream(number);
    Object call = stream == null ? null : stream.getProperty(callOfStream);
    return !(call instanceof ArrivingCall arriving) || arriving.arrived(data);
  }
}
