package dev.ppe.server.connection;

import dev.ppe.server.connection.ClientLimits.Refusal;
import dev.ppe.server.security.ClientIdentity;
import io.grpc.netty.shaded.io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.RecvByteBufAllocator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees every connection that a listening socket accepts, before gRPC does. One too many is closed
 * at once: there is no handler, no buffer and no encryption of it yet. A filter of gRPC's would see
 * it after its handshake only, and those that never make one not at all.
 */
@Sharable
final class Doorkeeper extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(Doorkeeper.class);

  /**
   * How much is read from a connection at a time: 2 KiB at first, 16 KiB at most. After four times
   * other connections of the same thread have their turn: 64 KiB may be hundreds of calls. While a
   * frame of HTTP/2, of up to 16 KiB, is not whole, two such buffers are kept.
   */
  private static final RecvByteBufAllocator READ =
      new AdaptiveRecvByteBufAllocator(1 << 6, 1 << 11, 1 << 14).maxMessagesPerRead(4);

  private final ConnectionLimits limits;
  private final StreamLimits streams;
  private final RefusalReport report;

  Doorkeeper(ConnectionLimits limits, StreamLimits streams) {
    this.limits = limits;
    this.streams = streams;
    this.report = new RefusalReport(limits, System::nanoTime);
  }

  /** {@inheritDoc} What a listening socket reads are connections. */
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Channel connection = (Channel) message;
    boolean taken = false;
    try {
      taken = isTaken(connection);
    } finally { // memory may have run out: nobody else would close it
      if (!taken) {
        connection.unsafe().closeForcibly(); // it has no event loop yet, which others need to close
      }
    }
    if (taken) {
      context.fireChannelRead(connection);
    }
  }

  private boolean isTaken(Channel connection) {
    ClientIdentity client = ClientIdentity.byAddress(connection.remoteAddress());
    if (streams.lost().bars(client)) {
      report.barred(client).ifPresent(log::warn);
      return false;
    }
    Optional<Refusal> refusal = limits.enter(client);
    if (refusal.isPresent()) {
      report.refused(client, refusal.get()).ifPresent(log::warn);
      return false;
    }
    boolean followed = false;
    try {
      connection.config().setRecvByteBufAllocator(READ);
      connection.pipeline().addLast(new WatchedConnection(streams));
      ChannelFuture unused = connection.closeFuture().addListener(closed -> limits.leave(client));
      followed = true;
    } finally {
      if (!followed) {
        limits.leave(client);
      }
    }
    return true;
  }
}
