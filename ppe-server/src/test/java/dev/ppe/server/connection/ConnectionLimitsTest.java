package dev.ppe.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.config.ConnectionSettings;
import dev.ppe.server.connection.ClientLimits.Refusal;
import dev.ppe.server.security.ClientIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** How many may connect. */
class ConnectionLimitsTest {
  private static final ClientIdentity ONE = ClientIdentity.ofAddress("one");
  private static final ClientIdentity OTHER = ClientIdentity.ofAddress("other");

  private final ConnectionLimits limits = new ConnectionLimits(3, 2);

  @Test
  void aClientHasAsManyAsOneMayHave() {
    assertThat(limits.enter(ONE)).isEmpty();
    assertThat(limits.enter(ONE)).isEmpty();
    assertThat(limits.enter(ONE)).contains(Refusal.CLIENT);
    assertThat(limits.enter(OTHER)).isEmpty();
    assertThat(limits.open()).isEqualTo(3);
    assertThat(limits.refused(Refusal.CLIENT)).isEqualTo(1);
    assertThat(limits.refused(Refusal.FULL)).isZero();
  }

  @Test
  void thereAreAsManyAsThereMayBe() {
    limits.enter(ONE);
    limits.enter(ONE);
    limits.enter(OTHER);
    assertThat(limits.enter(OTHER)).contains(Refusal.FULL);
    assertThat(limits.open()).isEqualTo(3);
    assertThat(limits.refused(Refusal.FULL)).isEqualTo(1);
    assertThat(limits.refused()).isEqualTo(1);
  }

  @Test
  void oneThatHasEndedMakesRoomForAnother() {
    limits.enter(ONE);
    limits.enter(ONE);
    limits.leave(ONE);
    assertThat(limits.enter(ONE)).isEmpty();
    limits.leave(ONE);
    limits.leave(ONE);
    assertThat(limits.open()).isZero();
    assertThat(limits.enter(ONE)).isEmpty();
    assertThat(limits.enter(ONE)).isEmpty();
    assertThat(limits.enter(ONE)).contains(Refusal.CLIENT);
  }

  @Test
  void oneClientHasAQuarterOfThemUnlessItIsSaid() {
    assertThat(of(200, 0).mostOfClient()).isEqualTo(50);
    assertThat(of(1, 0).mostOfClient()).isOne();
    assertThat(of(200, 20).mostOfClient()).isEqualTo(20);
    assertThat(ConnectionLimits.of(ConnectionSettings.DEFAULT).mostOfClient()).isPositive();
  }

  private static ConnectionLimits of(int most, int mostOfClient) {
    return ConnectionLimits.of(
        new ConnectionSettings(
            most, mostOfClient, 20, 60, 20, 10, 0, 1800, 0, 1024, 0, 0, 8192, 99, 0, 60, 0));
  }

  @Test
  void ofIpv6WhatOneCustomerHasIsOneClient() throws UnknownHostException {
    limits.enter(at("2001:db8:1:2::1"));
    limits.enter(at("2001:db8:1:2:ffff::2"));
    assertThat(limits.enter(at("2001:db8:1:2:3:4:5:6"))).contains(Refusal.CLIENT);
    assertThat(limits.enter(at("2001:db8:1:3::1"))).isEmpty();
  }

  private static ClientIdentity at(String address) throws UnknownHostException {
    return ClientIdentity.byAddress(new InetSocketAddress(InetAddress.getByName(address), 7));
  }
}
