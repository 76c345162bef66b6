package dev.ppe.server.connection;

import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelPipeline;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;

/**
 * Has a connection's calls watched below gRPC, by {@link WatchedStreams}, from their first frame
 * on. Who speaks HTTP/2 is in the pipeline when the first bytes come; with TLS it comes when the
 * client's part of the handshake has, and may get what follows that at once.
 */
final class WatchedConnection extends ChannelInboundHandlerAdapter {
  private final StreamLimits limits;
  private boolean begun;

  /** One whose streams count among those that {@code limits} allow. */
  WatchedConnection(StreamLimits limits) {
    this.limits = limits;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!begun) {
      begun = true;
      ChannelHandlerContext tls = context.pipeline().context(SslHandler.class);
      if (tls == null) {
        watch(context.pipeline());
      } else {
        context.pipeline().addAfter(tls.name(), null, new AfterHandshake());
      }
    }
    context.fireChannelRead(message);
  }

  private void watch(ChannelPipeline pipeline) {
    Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
    if (http2 != null) {
      WatchedStreams.watch(http2, pipeline.context(http2), limits);
    }
  }

  /** Waits for who speaks HTTP/2. */
  private final class AfterHandshake extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      context.fireUserEventTriggered(event);
      if (context.pipeline().get(Http2ConnectionHandler.class) != null && !context.isRemoved()) {
        watch(context.pipeline());
        context.pipeline().remove(this);
      }
    }
  }
}
