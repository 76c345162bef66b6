package dev.ppe.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import org.junit.jupiter.api.Test;

class ConnectionsCountTest {
  private final Connections connections = new Connections();

  @Test
  void aConnectionCountsUntilItsEnd() {
    Attributes first = connections.transportReady(Attributes.EMPTY);
    Attributes second = connections.transportReady(Attributes.EMPTY);
    assertThat(connections.open()).isEqualTo(2);
    connections.transportTerminated(first);
    assertThat(connections.open()).isEqualTo(1);
    connections.transportTerminated(second);
    assertThat(connections.open()).isZero();
    assertThat(connections.total()).isEqualTo(2);
  }

  /** gRPC has no attributes for what a client gave up before anything was agreed on. */
  @Test
  void oneThatEndedBeforeItWasReadyNeverCounted() {
    connections.transportTerminated(null);
    connections.transportTerminated(Attributes.EMPTY);
    assertThat(connections.open()).isZero();
  }
}
