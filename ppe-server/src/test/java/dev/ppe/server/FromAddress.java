package dev.ppe.server;

import io.grpc.Attributes;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder.LocalSocketPicker;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Has a channel connect from an address of 127/8, so that its client is told from others. */
final class FromAddress extends LocalSocketPicker {
  private final String address;

  FromAddress(String address) {
    this.address = address;
  }

  @Override
  public SocketAddress createSocketAddress(SocketAddress remote, Attributes attributes) {
    return new InetSocketAddress(address, 0);
  }
}
