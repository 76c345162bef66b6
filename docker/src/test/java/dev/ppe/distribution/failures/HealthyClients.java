package dev.ppe.distribution.failures;

import dev.ppe.client.ConnectionSecurity;
import dev.ppe.client.ReplicaChannel;
import dev.ppe.client.Target;
import dev.ppe.client.load.Arrivals;
import dev.ppe.client.load.LoadPlan;
import dev.ppe.client.load.LoadResult;
import dev.ppe.client.load.LoadRun;
import dev.ppe.client.load.Workload;
import dev.ppe.v1.EstimateRequest;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** The load of {@code ppe load}, from its start until it is stopped; every answer is compared. */
final class HealthyClients implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int MAX_IN_FLIGHT = 2000;

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final LoadRun run;
  private final CompletableFuture<LoadResult> result = new CompletableFuture<>();

  /**
   * Begins.
   *
   * @param servers whom they ask
   * @param rate requests a second, 200 distinct candidates in turn
   */
  HealthyClients(List<ServerProcess> servers, double rate, long seed) {
    Target target =
        Target.parse(servers.stream().map(ServerProcess::address).collect(Collectors.joining(",")));
    for (int i = 0; i < 2; i++) {
      channels.add(ReplicaChannel.open(target, ConnectionSecurity.PLAINTEXT, true));
    }
    LoadPlan plan =
        new LoadPlan(Duration.ZERO, Duration.ofDays(1), DEADLINE, MAX_IN_FLIGHT, true, true);
    Workload workload = Workload.candidates(200, seed, EstimateRequest.getDefaultInstance());
    run = new LoadRun(channels, workload, plan, Optional.empty());
    Thread.ofPlatform()
        .daemon()
        .name("healthy-clients")
        .start(
            () -> {
              try {
                result.complete(run.run(Arrivals.poisson(rate, seed)));
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
  }

  /** How many requests were sent so far. */
  long sent() {
    return run.sent();
  }

  /** Sends no more, waits for all answers, and tells what came of it. */
  LoadResult stop() throws InterruptedException {
    run.stop();
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    run.stop();
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
