package dev.ppe.distribution.failures;

import io.grpc.Attributes;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The clients of one attack: their connections, and what the server did wrong to them. */
final class Attacker implements AutoCloseable {
  /** A client's fault is never to look like the server's. */
  private static final Set<Code> NEVER = EnumSet.of(Code.INTERNAL, Code.UNKNOWN, Code.DATA_LOSS);

  private final RunningServer server;
  private final long end;
  private final Set<RawConnection> connections = ConcurrentHashMap.newKeySet();
  private final Set<String> faults = ConcurrentHashMap.newKeySet();
  private final AtomicLong attacks = new AtomicLong();
  private final ManagedChannel channel;
  private volatile boolean closed;

  Attacker(RunningServer server, long end) {
    this.server = server;
    this.end = end;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .localSocketPicker(
                new NettyChannelBuilder.LocalSocketPicker() {
                  @Override
                  public InetSocketAddress createSocketAddress(
                      SocketAddress remote, Attributes attributes) {
                    return new InetSocketAddress("127.0.0.3", 0);
                  }
                })
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
  }

  /** A connection that lasts until the attack's end at most. */
  RawConnection connect() throws IOException {
    RawConnection connection = new RawConnection(server);
    connections.add(connection);
    if (closed) {
      connection.close();
    }
    return connection;
  }

  void drop(RawConnection connection) {
    connections.remove(connection);
    connection.close();
  }

  /** For calls, from yet another address. */
  Channel channel() {
    return channel;
  }

  RunningServer server() {
    return server;
  }

  boolean isOver() {
    return System.nanoTime() - end > 0;
  }

  void count() {
    attacks.incrementAndGet();
  }

  long attacks() {
    return attacks.get();
  }

  /** Notes how a call of this client's ended. */
  void ended(String what, Status status) {
    if (NEVER.contains(status.getCode())) {
      fault("%s ended with %s".formatted(what, status));
    }
  }

  void fault(String text) {
    faults.add(text);
  }

  List<String> faults() {
    return new ArrayList<>(faults);
  }

  @Override
  public void close() {
    hangUp();
  }

  /** Ends every connection; may be done while attacks go on. */
  void hangUp() {
    closed = true;
    connections.forEach(RawConnection::close);
    channel.shutdownNow();
  }
}
