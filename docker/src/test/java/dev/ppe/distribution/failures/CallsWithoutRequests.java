package dev.ppe.distribution.failures;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * One client that begins more calls than it may have and sends no more than their headers: those
 * too many are refused, and nobody else's. Methods that there are not are among them: such calls
 * end at once, and leave their streams to the client, which ends none.
 */
final class CallsWithoutRequests implements Siege {
  private static final String ADDRESS = "127.0.0.6";
  private static final String OTHER_ADDRESS = "127.0.0.7";
  private static final int OTHERS_SECONDS = 60;
  private static final int TOO_MANY = 200;
  private static final Duration SOON = Duration.ofSeconds(5);
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
    int allowed = (int) server.metric("ppe_calls_limit") / 4; // of one client, or even fewer
    int ofConnection = promises.maxCalls() / 2;
    int calls = Math.min(allowed + TOO_MANY, promises.maxConnectionsPerClient() * ofConnection);
    List<String> faults = new ArrayList<>();
    List<RawConnection> connections = new ArrayList<>();
    ManagedChannel other = server.channel(OTHER_ADDRESS);
    try {
      double refused = refused(server);
      for (int begun = 0; begun < calls; begun += ofConnection) {
        RawConnection connection = new RawConnection(server, ADDRESS);
        connections.add(connection);
        begin(connection, Math.min(ofConnection, calls - begun), random);
      }
      double enough = refused + TOO_MANY;
      while (!server.comesAbout(() -> refused(server) >= enough, SOON)
          && connections.size() < promises.maxConnectionsPerClient()) {
        RawConnection more = new RawConnection(server, ADDRESS); // HTTP/2 may have refused some
        connections.add(more);
        begin(more, TOO_MANY, random);
      }
      server.await("one that refuses too many calls", () -> refused(server) >= enough);
      do {
        askAs(other).ifPresent(faults::add);
        Thread.sleep(100);
      } while (faults.isEmpty() && System.nanoTime() - end < 0);
    } finally {
      other.shutdownNow();
      connections.forEach(RawConnection::close);
    }
    return faults;
  }

  /** How a call of somebody else's ends that must not, while this client's are held. */
  private static Optional<String> askAs(Channel other) {
    try {
      HealthCheckResponse unused =
          HealthGrpc.newBlockingStub(other)
              .withWaitForReady() // not whether a connection is to be had at once
              .withDeadlineAfter(OTHERS_SECONDS, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance());
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      return Optional.of("somebody else's call ended with " + e.getStatus());
    }
  }

  private static void begin(RawConnection connection, int calls, RandomGenerator random)
      throws IOException, InterruptedException {
    connection.beginWithWindow(HUGE_WINDOW);
    for (int i = 0; i < calls; i++) {
      connection.write(Frames.callOf(1 + 4 * i, METHODS.get(random.nextInt(METHODS.size()))));
      connection.write(Frames.callOf(3 + 4 * i, NO_METHOD));
      if (i % AT_ONCE == 0) {
        Thread.sleep(5); // its calls are to be held, not its cores
      }
    }
  }

  private static double refused(RunningServer server) throws IOException, InterruptedException {
    return server.metric("ppe_calls_refused_total", "\"client\"");
  }
}
