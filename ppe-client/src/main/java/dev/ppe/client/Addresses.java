package dev.ppe.client;

import io.grpc.EquivalentAddressGroup;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/** A replica's address for people. */
final class Addresses {
  private Addresses() {}

  /** The first of them, as {@code host:port}. */
  static String text(List<EquivalentAddressGroup> groups) {
    SocketAddress address = groups.getFirst().getAddresses().getFirst();
    return address instanceof InetSocketAddress internet
        ? new HostPort(internet.getHostString(), internet.getPort()).toString()
        : address.toString();
  }
}
