package dev.ppe.server.connection;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Threads that move the bytes of connections, in groups. Each address that is connected has one
 * group, that which the fewest others have: who floods a server from one address competes for its
 * cores with that group's threads alone, and most other clients do not wait behind those bytes.
 *
 * <p>What is registered by any other method than {@link #register(Channel)} is on any thread.
 */
final class EventLoopsByAddress extends MultiThreadIoEventLoopGroup {
  private final List<EventLoop> loops = new ArrayList<>();
  private final int each;

  /** How many addresses have each group of threads. */
  private final int[] addresses;

  private final Map<ClientIdentity, Share> shares = new HashMap<>();

  /** What an address has: the number of its group, connections now, and whose turn it is there. */
  private record Share(int group, int connections, int turn) {}

  /**
   * Some groups of threads, which start when there is something to do.
   *
   * @param each how many threads a group has
   * @param waiting how they wait for bytes
   */
  EventLoopsByAddress(int groups, int each, IoHandlerFactory waiting) {
    super(groups * each, new DefaultThreadFactory("network", true), waiting);
    this.each = each;
    this.addresses = new int[groups];
    forEach(loop -> loops.add((EventLoop) loop));
  }

  /** {@inheritDoc} The connections of an address take turns with its threads. */
  @Override
  public ChannelFuture register(Channel connection) {
    ClientIdentity client = ClientIdentity.byAddress(connection.remoteAddress());
    // It cannot end before it is registered, and there is nothing to give back if this fails.
    ChannelFuture unused = connection.closeFuture().addListener(closed -> giveBack(client));
    return loops.get(take(client)).register(connection);
  }

  /** Takes a thread for a connection, and returns its number. */
  synchronized int take(ClientIdentity client) {
    Share share = shares.computeIfAbsent(client, comes -> begin());
    shares.put(client, new Share(share.group, share.connections + 1, (share.turn + 1) % each));
    return share.group * each + share.turn;
  }

  private Share begin() {
    int group = 0;
    for (int i = 1; i < addresses.length; i++) {
      if (addresses[i] < addresses[group]) {
        group = i;
      }
    }
    addresses[group]++;
    return new Share(group, 0, 0);
  }

  /** A connection that has a thread has ended. */
  synchronized void giveBack(ClientIdentity client) {
    shares.computeIfPresent(
        client,
        (its, share) -> {
          if (share.connections > 1) {
            return new Share(share.group, share.connections - 1, share.turn);
          }
          addresses[share.group]--;
          return null;
        });
  }
}
