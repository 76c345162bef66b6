package dev.ppe.distribution.failures;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One client that begins more calls than it may have and sends no more than their headers: those
 * too many are refused, and nobody else's. Methods that there are not are among them: such calls
 * end at once, and leave their streams to the client, which ends none.
 */
final class CallsWithoutRequests implements Siege {
  private static final String ADDRESS = "127.0.0.6";
  private static final int TOO_MANY = 200;
  private static final int AT_ONCE = 20;
  private static final int HUGE_WINDOW = Integer.MAX_VALUE;
  private static final List<String> METHODS =
      List.of(
          "/ppe.v1.PowerPerformanceEvaluationService/Estimate",
          "/ppe.v1.PowerPerformanceEvaluationService/EstimateStream",
          "/grpc.health.v1.Health/Check",
          "/grpc.health.v1.Health/Watch");
  private static final String NO_METHOD = "/no.such.Service/Method";

  @Override
  public String name() {
    return "calls without requests";
  }

  @Override
  public List<String> run(RunningServer server, Duration time, RandomGenerator random)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    Configuration.Promises promises = server.configuration().promises();
    int limit = (int) server.metric("ppe_calls_limit");
    int allowed = limit / 4; // of one client, or even fewer
    int ofConnection = promises.maxCalls() / 2;
    int calls = Math.min(allowed + TOO_MANY, promises.maxConnectionsPerClient() * ofConnection);
    List<String> faults = new ArrayList<>();
    List<RawConnection> connections = new ArrayList<>();
    try {
      double refused = refused(server);
      for (int begun = 0; begun < calls; begun += ofConnection) {
        RawConnection connection = new RawConnection(server, ADDRESS);
        connections.add(connection);
        begin(connection, Math.min(ofConnection, calls - begun), random);
      }
      server.await("one that refuses too many calls", () -> refused(server) >= refused + TOO_MANY);
      while (System.nanoTime() - end < 0) {
        double open = server.metric("ppe_calls_open");
        if (open > limit) { // others attack at the same time
          faults.add("%.0f calls are open, %d may be".formatted(open, limit));
          break;
        }
        Thread.sleep(100);
      }
    } finally {
      connections.forEach(RawConnection::close);
    }
    return faults;
  }

  private static void begin(RawConnection connection, int calls, RandomGenerator random)
      throws IOException, InterruptedException {
    connection.beginWithWindow(HUGE_WINDOW);
    for (int i = 0; i < calls; i++) {
      connection.write(
          RawConnection.callOf(1 + 4 * i, METHODS.get(random.nextInt(METHODS.size()))));
      connection.write(RawConnection.callOf(3 + 4 * i, NO_METHOD));
      if (i % AT_ONCE == 0) {
        Thread.sleep(5); // its calls are to be held, not its cores
      }
    }
  }

  private static double refused(RunningServer server) throws IOException, InterruptedException {
    return server.metric("ppe_calls_refused_total", "\"client\"");
  }
}
