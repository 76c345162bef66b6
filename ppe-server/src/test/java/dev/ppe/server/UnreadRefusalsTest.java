package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2CodecUtil;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Flags;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameTypes;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A client whose calls are refused, and that reads not a byte. No window of HTTP/2 counts the ends
 * of calls.
 */
class UnreadRefusalsTest {
  /** What is tried: more than the system keeps of a connection that nobody reads, at either end. */
  private static final int MOST_BYTES = 64 << 20;

  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
  private final Http2Headers headers =
      new DefaultHttp2Headers()
          .method("POST")
          .scheme("http")
          .authority("localhost")
          .add("content-type", "application/grpc")
          .add("te", "trailers");

  private static void frame(ByteBuf out, int type, int flags, int stream, ByteBuf payload) {
    out.writeMedium(payload.readableBytes()).writeByte(type).writeByte(flags).writeInt(stream);
    out.writeBytes(payload);
  }

  private void call(ByteBuf out, int stream) throws Http2Exception {
    ByteBuf block = Unpooled.buffer();
    headers.path(
        "/there.is.no/%s%d".formatted("such".repeat(20), stream)); // it is named in its end
    encoder.encodeHeaders(stream, headers, block);
    int flags = new Http2Flags().endOfHeaders(true).endOfStream(true).value();
    frame(out, Http2FrameTypes.HEADERS, flags, stream, block);
  }

  private static void write(SocketChannel connection, ByteBuf bytes) throws IOException {
    while (bytes.isReadable()) {
      int unused = bytes.readBytes(connection, bytes.readableBytes());
    }
  }

  /** Begins calls until the server ends the connection. Returns how many bytes it took. */
  private long callUntilItEnds(SocketChannel connection) throws Http2Exception {
    encoder.maxHeaderTableSize(0); // all headers in each call
    long written = 0;
    int stream = 1;
    try {
      while (written < MOST_BYTES) {
        ByteBuf calls = Unpooled.buffer();
        for (int i = 0; i < 100; i++) {
          call(calls, stream);
          stream += 2;
        }
        int bytes = calls.readableBytes();
        write(connection, calls);
        written += bytes;
      }
    } catch (IOException ended) {
      return written;
    }
    return written;
  }

  @Test
  @Timeout(120)
  void whoReadsNoneOfThemLosesTheConnection() throws Exception {
    try (Loopback loopback = Loopback.start(Map.of("admin.enabled", true, "admin.port", 0));
        SocketChannel connection = SocketChannel.open()) {
      connection.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      connection.connect(loopback.server.address());
      ByteBuf first = Unpooled.buffer().writeBytes(Http2CodecUtil.connectionPrefaceBuf());
      frame(first, Http2FrameTypes.SETTINGS, 0, 0, Unpooled.EMPTY_BUFFER);
      write(connection, first);
      assertThat(callUntilItEnds(connection)).isBetween(1L << 17, MOST_BYTES - 1L);
      AdminClient.of(loopback.server).awaitMetric("ppe_calls_open ", open -> open == 0);
      assertThat(loopback.blocking().estimate(Requests.small()).getLatencyUs()).isPositive();
    }
  }
}
