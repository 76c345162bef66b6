package dev.ppe.distribution.failures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Connections on which nothing more comes: after the TCP handshake, within HTTP/2's preface, after
 * it, within a frame, within a call. The server must be rid of them while they still hold on, as it
 * would be of clients whose machines vanished.
 */
final class HalfOpenConnections implements Siege {
  private static final int CONNECTIONS = 200;

  @Override
  public String name() {
    return "half-open connections";
  }

  @Override
  public List<String> run(RunningServer server, Duration time, RandomGenerator random)
      throws Exception {
    double before = server.metric("ppe_connections_open");
    List<RawConnection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(begin(server, i));
      }
      server.await("rid of silent clients", () -> server.metric("ppe_connections_open") <= before);
    } finally {
      connections.forEach(RawConnection::close);
    }
    return List.of();
  }

  private static RawConnection begin(RunningServer server, int kind) throws IOException {
    RawConnection connection = new RawConnection(server);
    byte[] message = RawConnection.message(1, Requests.small().toByteArray(), true);
    switch (kind % 6) {
      case 0 -> connection.write(new byte[0]);
      case 1 -> connection.write(new byte[] {'P', 'R', 'I'});
      case 2 -> connection.begin();
      case 3 -> connection.begin().write(Arrays.copyOf(RawConnection.call(1, "Estimate"), 20));
      case 4 -> connection.begin().write(RawConnection.call(1, "Estimate"));
      default ->
          connection
              .begin()
              .write(RawConnection.call(1, "Estimate"))
              .write(Arrays.copyOf(message, 100));
    }
    return connection;
  }
}
