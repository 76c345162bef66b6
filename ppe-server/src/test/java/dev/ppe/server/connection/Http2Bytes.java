package dev.ppe.server.connection;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelOutboundBuffer;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameListener;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Frames of HTTP/2 as bytes (RFC 9113, 4.1 and 6), and a connection that reads them. */
final class Http2Bytes {
  /** POST, https, /, and a literal content type (RFC 7541, 6.2.2 and appendix A). */
  static final byte[] CALL =
      ByteBuffer.allocate(22)
          .put(new byte[] {(byte) 0x83, (byte) 0x87, (byte) 0x84, 0x0f, 0x10, 16})
          .put("application/grpc".getBytes(StandardCharsets.US_ASCII))
          .array();

  static final byte ACCEPT_CHARSET = (byte) 0x8f;
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int PING = 6;
  static final int END_HEADERS = 4;
  static final int END_STREAM = 1;
  static final int PADDED = 8;
  static final int WINDOW_UPDATE = 8;
  static final byte[] MOST = {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
  static final byte[] CANCEL = {0, 0, 0, 8};

  /** Calls may be lost at will. */
  static final LostCalls ANY = new LostCalls(0, 0, () -> 0);

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int SETTINGS = 4;

  private Http2Bytes() {}

  /** A connection that is watched, which ends without waiting for its streams. */
  static EmbeddedChannel watched(Http2FrameListener gRpc, StreamLimits limits) {
    return new EmbeddedChannel(new WatchedConnection(limits), http2(gRpc));
  }

  /** The same with a client that reads nothing. */
  static EmbeddedChannel watchedAndStuck(Http2FrameListener gRpc, StreamLimits limits) {
    return new EmbeddedChannel(new WatchedConnection(limits), http2(gRpc)) {
      @Override
      protected void doWrite(ChannelOutboundBuffer waiting) {}
    };
  }

  private static Http2ConnectionHandler http2(Http2FrameListener gRpc) {
    return new Http2ConnectionHandlerBuilder()
        .server(true)
        .frameListener(gRpc)
        .initialSettings(new Http2Settings().maxConcurrentStreams(100_000))
        .gracefulShutdownTimeoutMillis(0)
        .build();
  }

  /** What a client says first. */
  static ByteBuf preface() {
    ByteBuf preface = Unpooled.buffer().writeBytes(PREFACE);
    frame(preface, SETTINGS, 0, 0);
    return preface;
  }

  static void frame(ByteBuf to, int type, int flags, int stream, byte... payload) {
    to.writeMedium(payload.length)
        .writeByte(type)
        .writeByte(flags)
        .writeInt(stream)
        .writeBytes(payload);
  }

  /** Streams that were reset, with the reason's number. */
  static List<String> resets(EmbeddedChannel channel) {
    List<String> resets = new ArrayList<>();
    for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
      while (sent.isReadable()) {
        int length = sent.readUnsignedMedium();
        int type = sent.readUnsignedByte();
        sent.skipBytes(1);
        int stream = sent.readInt();
        ByteBuf payload = sent.readSlice(length);
        if (type == RST_STREAM) {
          resets.add(stream + " for " + payload.getInt(0));
        }
      }
      sent.release();
    }
    return resets;
  }
}
