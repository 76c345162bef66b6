package dev.ppe.distribution.failures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One client that opens more connections than it may have, says nothing on them, and does it again:
 * those too many are refused, and nobody else's.
 */
final class TooManyConnections implements Siege {
  private static final int TOO_MANY = 100;
  private static final int PAUSE_MILLIS = 300;

  @Override
  public String name() {
    return "too many connections";
  }

  @Override
  public List<String> run(RunningServer server, Duration time, RandomGenerator random)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    double refused = refused(server);
    int allowed = (int) server.metric("ppe_sockets_limit") / 4; // of one client, or even fewer
    do {
      flood(server, allowed + TOO_MANY);
    } while (System.nanoTime() - end < 0);
    server.await(
        "one that refuses too many connections", () -> refused(server) >= refused + TOO_MANY);
    return List.of();
  }

  private static void flood(RunningServer server, int count) throws InterruptedException {
    List<RawConnection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        connections.add(new RawConnection(server, "127.0.0.5"));
      }
      Thread.sleep(PAUSE_MILLIS);
    } catch (IOException e) {
      // Closed while it was set up, as it may be.
    } finally {
      connections.forEach(RawConnection::close);
    }
  }

  private static double refused(RunningServer server) throws IOException, InterruptedException {
    return server.metric("ppe_connections_refused_total", "\"client\"");
  }
}
