package dev.ppe.server;

import com.google.protobuf.MessageLite;
import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ResetFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Settings;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client of HTTP/2 that begins calls of gRPC and ends none of them. */
final class RawClient implements AutoCloseable {
  private static final int SECONDS = 60;

  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel connection;

  /** A connection from an address of 127/8. */
  RawClient(PpeServer server, String from) throws InterruptedException {
    this(server, from, Http2Settings.defaultSettings());
  }

  /** One that wants to be treated so. */
  RawClient(PpeServer server, String from, Http2Settings settings) throws InterruptedException {
    connection =
        new Bootstrap()
            .group(threads)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forClient().initialSettings(settings).build(),
                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                  }
                })
            .connect(server.address(), new InetSocketAddress(from, 0))
            .sync()
            .channel();
  }

  /** The headers of a call, such as {@code grpc.health.v1.Health/Watch}. */
  Call call(String method) throws Exception {
    return call(headers(method));
  }

  /** The headers of a call of a method. */
  static Http2Headers headers(String method) {
    return new DefaultHttp2Headers()
        .method("POST")
        .scheme("http")
        .path("/" + method)
        .authority("localhost")
        .add("content-type", "application/grpc")
        .add("te", "trailers");
  }

  /** A call with such headers. */
  Call call(Http2Headers headers) throws Exception {
    Call call = new Call();
    call.stream =
        new Http2StreamChannelBootstrap(connection)
            .handler(call)
            .open()
            .get(SECONDS, TimeUnit.SECONDS);
    var unused = call.stream.writeAndFlush(new DefaultHttp2HeadersFrame(headers)).sync();
    return call;
  }

  @Override
  public void close() {
    Future<?> unused = connection.close().syncUninterruptibly();
    unused = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** A call, and how the server ends it. */
  static final class Call extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<String> status = new CompletableFuture<>();
    private final CompletableFuture<Long> reset = new CompletableFuture<>();
    private Channel stream;

    /** The beginning of a message of {@code length} bytes, of which some follow. */
    void begin(int length, int some) throws InterruptedException {
      byte[] bytes = ByteBuffer.allocate(5 + some).put((byte) 0).putInt(length).array();
      send(bytes);
    }

    /** A whole message. */
    void send(MessageLite message) throws InterruptedException {
      byte[] bytes = message.toByteArray();
      send(
          ByteBuffer.allocate(5 + bytes.length)
              .put((byte) 0)
              .putInt(bytes.length)
              .put(bytes)
              .array());
    }

    /** Bytes of the call, and not its end; returns when the connection has taken them. */
    void send(byte[] bytes) throws InterruptedException {
      send(bytes, false);
    }

    /** The last bytes of the call. */
    void end(byte... bytes) throws InterruptedException {
      send(bytes, true);
    }

    private void send(byte[] bytes, boolean last) throws InterruptedException {
      stream
          .writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), last))
          .await(SECONDS, TimeUnit.SECONDS);
    }

    /** Takes it back. */
    void cancel() {
      var unused = stream.close().syncUninterruptibly();
    }

    /** The code of gRPC that the server ended it with, and words; waits for it. */
    String status() throws Exception {
      return status.get(SECONDS, TimeUnit.SECONDS);
    }

    boolean isOpen() {
      return !status.isDone() && !reset.isDone();
    }

    /** The code of HTTP/2 that the server took the stream from the client with; waits for it. */
    long reset() throws Exception {
      return reset.get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (frame instanceof Http2HeadersFrame headers && headers.isEndStream()) {
        status.complete(
            "%s %s"
                .formatted(
                    headers.headers().get("grpc-status"),
                    Optional.ofNullable(headers.headers().get("grpc-message")).orElse("")));
      }
      ReferenceCountUtil.release(frame);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof Http2ResetFrame frame) {
        reset.complete(frame.errorCode());
      }
    }
  }
}
