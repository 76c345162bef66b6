package dev.ppe.server.connection;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The threads that accept connections and move bytes, and the sockets that they listen on: by
 * epoll, or by the JDK's means where netty's library cannot be had. They are what gRPC would take,
 * which lets nobody have a word about who is accepted, unless all of them are given.
 */
public final class NetworkThreads implements AutoCloseable {
  /** As many addresses do not wait behind each other's floods and megabytes. */
  private static final int GROUPS = 8;

  /**
   * For who is behind one address, a proxy's clients among them: in all two for each core, or 16.
   */
  private static final int IN_GROUP =
      Math.max(2, Math.ceilDiv(Runtime.getRuntime().availableProcessors(), 4));

  private static final long QUIET_MILLIS = 100;
  private static final long END_MILLIS = 1000;

  private final Doorkeeper doorkeeper;
  private final EventLoopGroup accepting;
  private final EventLoopGroup moving;

  /**
   * Threads that accept what {@code limits} allow, and on it as many calls as {@code streams}; they
   * start when there is something to do.
   */
  public NetworkThreads(ConnectionLimits limits, StreamLimits streams) {
    doorkeeper = new Doorkeeper(limits, streams);
    accepting =
        new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("accept", true), waiting());
    moving = new EventLoopsByAddress(GROUPS, IN_GROUP, waiting());
  }

  private static IoHandlerFactory waiting() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /** Has a server use them. */
  public void serve(NettyServerBuilder builder) {
    builder.channelFactory(this::socket).bossEventLoopGroup(accepting).workerEventLoopGroup(moving);
  }

  private ServerChannel socket() {
    ServerChannel socket =
        Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
    socket.pipeline().addLast(doorkeeper);
    return socket;
  }

  /**
   * Has them end once nothing is left to do, in the background: who has been told of a server's end
   * may still be at closing its connections.
   */
  @Override
  public void close() {
    Future<?> unused =
        accepting.shutdownGracefully(QUIET_MILLIS, END_MILLIS, TimeUnit.MILLISECONDS);
    unused = moving.shutdownGracefully(QUIET_MILLIS, END_MILLIS, TimeUnit.MILLISECONDS);
  }
}
