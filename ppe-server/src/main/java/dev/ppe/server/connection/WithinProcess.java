package dev.ppe.server.connection;

import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelConfig;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.DefaultChannelConfig;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.local.LocalAddress;
import io.grpc.netty.shaded.io.netty.channel.local.LocalChannel;
import io.grpc.netty.shaded.io.netty.channel.local.LocalIoHandler;
import io.grpc.netty.shaded.io.netty.channel.local.LocalServerChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections from the process to itself: all of gRPC and netty but the sockets, so nobody else can
 * make one.
 */
public final class WithinProcess implements AutoCloseable {
  /** One end's and the other's. */
  private static final int THREADS = 2;

  private static final long END_MILLIS = 1000;

  private final LocalAddress address = new LocalAddress(WithinProcess.class);
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(
          THREADS, new DefaultThreadFactory("within", true), LocalIoHandler.newFactory());

  /** A server of no service yet, which is reached by {@link #channel} alone. */
  public NettyServerBuilder server() {
    return NettyServerBuilder.forAddress(address, InsecureServerCredentials.create());
  }

  /** Has such a server use what is here, whatever it was told to use before. */
  public void serve(NettyServerBuilder builder) {
    builder
        .channelFactory(Listening::new)
        .bossEventLoopGroup(threads)
        .workerEventLoopGroup(threads);
  }

  /** Connects to the server. */
  public ManagedChannel channel() {
    return NettyChannelBuilder.forAddress(address, InsecureChannelCredentials.create())
        .overrideAuthority("localhost")
        .channelFactory(Pipe::new)
        .eventLoopGroup(threads)
        .build();
  }

  private static final class Listening extends LocalServerChannel {
    @Override
    protected LocalChannel newLocalChannel(LocalChannel peer) {
      return new Pipe(this, peer);
    }
  }

  /** One end of a connection. */
  private static final class Pipe extends LocalChannel {
    private @Nullable ChannelConfig options; // asked for before any initializer would run

    Pipe() {}

    Pipe(LocalServerChannel parent, LocalChannel peer) {
      super(parent, peer);
    }

    @Override
    public ChannelConfig config() {
      if (options == null) {
        options = new Options(this);
      }
      return options;
    }
  }

  /** Takes gRPC's wish that the system ask for silent peers, of which netty would warn. */
  private static final class Options extends DefaultChannelConfig {
    Options(LocalChannel channel) {
      super(channel);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
      return option.equals(ChannelOption.SO_KEEPALIVE) || super.setOption(option, value);
    }
  }

  @Override
  public void close() {
    Future<?> unused = threads.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS);
  }
}
