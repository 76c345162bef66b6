package dev.ppe.distribution.failures;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The clients of one attack: their connections, and what the server did wrong to them. */
final class Attacker implements AutoCloseable {
  /** A client's fault is never to look like the server's. */
  private static final Set<Code> NEVER = EnumSet.of(Code.INTERNAL, Code.UNKNOWN, Code.DATA_LOSS);

  /** How much longer it goes on if the server has taken no connection until its end. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final RunningServer server;
  private final Configuration.Promises promises;
  private final long end;

  /** Those that are open, with their addresses. */
  private final Map<RawConnection, Integer> connections = new ConcurrentHashMap<>();

  private final Set<String> faults = ConcurrentHashMap.newKeySet();
  private final AtomicLong attacks = new AtomicLong();
  private final ManagedChannel channel;
  private volatile boolean closed;

  Attacker(RunningServer server, long end) {
    this.server = server;
    this.promises = server.configuration().promises();
    this.end = end;
    this.channel = server.channel(Addresses.ofCalls());
  }

  /**
   * A connection that lasts until the attack's end at most, from an address that has half of those
   * that it may: the server may not have noticed yet that others of it have ended.
   */
  RawConnection connect() throws IOException {
    int address =
        Addresses.OF_THIS_PROCESS.take(Math.max(1, promises.maxConnectionsPerClient() / 2));
    RawConnection connection;
    try {
      connection = new RawConnection(server, Addresses.text(address));
    } catch (IOException e) {
      Addresses.OF_THIS_PROCESS.giveBack(address);
      throw e;
    }
    connections.put(connection, address);
    if (closed) {
      connection.close();
    }
    return connection;
  }

  void drop(RawConnection connection) {
    connection.close();
    Optional.ofNullable(connections.remove(connection))
        .ifPresent(
            address -> {
              Addresses.OF_THIS_PROCESS.giveBack(address);
              if (connection.wasTaken()) {
                attacks.incrementAndGet();
              }
            });
  }

  /** For calls, from yet another address. */
  Channel channel() {
    return channel;
  }

  /** What it may do by the server's settings. */
  Configuration.Promises promises() {
    return promises;
  }

  /** When the time is up, or a little later if no attack was made until then. */
  boolean isOver() {
    long late = System.nanoTime() - end;
    return closed || (late > 0 && (late > PATIENCE_NANOS || attacks() > 0));
  }

  /** Connections that the server took, and calls that came to an end on one. */
  long attacks() {
    return attacks.get() + connections.keySet().stream().filter(RawConnection::wasTaken).count();
  }

  /** Notes how a call of this client's ended. */
  void ended(String what, Status status) {
    if (channel.getState(false) == ConnectivityState.READY) {
      attacks.incrementAndGet();
    }
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
    connections.keySet().forEach(RawConnection::close);
    channel.shutdownNow();
  }
}
