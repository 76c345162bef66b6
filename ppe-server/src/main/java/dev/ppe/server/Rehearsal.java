package dev.ppe.server;

import dev.ppe.server.connection.WithinProcess;
import dev.ppe.server.health.WarmStart;
import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.EstimateStreamRequest;
import dev.ppe.v1.EstimateStreamResponse;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceFutureStub;
import dev.ppe.v1.PowerPerformanceEvaluationServiceGrpc.PowerPerformanceEvaluationServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A second server, which nobody else can call, with the code of the first one and nothing of its
 * counts, caches and logs: what is compiled for the one serves the other.
 *
 * <p>An estimate is asked for as a call, then as the same bytes again, then in a stream under
 * another name: it is worked out, found by its bytes, and found by its network.
 */
final class Rehearsal implements WarmStart.Stage {
  /** How often it is looked whether an answer is still wanted. */
  private static final long LOOK_MILLIS = 10;

  private static final long MOST_ANSWERS = 8 << 20;

  /** Fewer layers than there are in all: some are known, and some are searched. */
  private static final long MOST_LAYERS = 64 << 10;

  private final WithinProcess connections = new WithinProcess();
  private final PpeServer server;
  private final ManagedChannel channel;
  private final PowerPerformanceEvaluationServiceFutureStub calls;
  private final PowerPerformanceEvaluationServiceStub streams;

  /** One that is like a server of {@code config} with {@code estimates}. */
  Rehearsal(ServerConfig config, Estimates estimates) {
    try {
      ServerConfig own = config(config);
      server = PpeServer.rehearse(own, estimates.alike().apply(own), connections);
    } catch (IOException e) {
      connections.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      connections.close();
      throw e;
    }
    channel = connections.channel();
    calls = PowerPerformanceEvaluationServiceGrpc.newFutureStub(channel);
    streams = PowerPerformanceEvaluationServiceGrpc.newStub(channel);
  }

  private static ServerConfig config(ServerConfig config) throws IOException {
    return ServerConfigReader.read(
        Optional.empty(),
        Map.of(
            "workers", 1,
            "loadReports", config.loadReports(),
            "maxWaitMillis", 3_600_000,
            "cacheBytes", Math.min(config.cache().maxBytes(), MOST_ANSWERS),
            "memoBytes", Math.min(config.cache().memoBytes(), MOST_LAYERS)));
  }

  @Override
  public EstimateResponse estimate(EstimateRequest request, Interruption interruption) {
    EstimateResponse answer = await(calls.estimate(request), interruption);
    EstimateResponse same = await(calls.estimate(request), interruption);
    EstimateStreamResponse streamed =
        await(streamed(request.toBuilder().setModelName("again").build()), interruption);
    if (!same.equals(answer) || !streamed.hasResponse()) {
      throw new IllegalStateException("answered otherwise: " + streamed.getError());
    }
    return answer;
  }

  private CompletableFuture<EstimateStreamResponse> streamed(EstimateRequest request) {
    CompletableFuture<EstimateStreamResponse> reply = new CompletableFuture<>();
    StreamObserver<EstimateStreamRequest> requests =
        streams.estimateStream(
            new StreamObserver<>() {
              @Override
              public void onNext(EstimateStreamResponse response) {
                reply.complete(response);
              }

              @Override
              public void onError(Throwable failure) {
                reply.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {}
            });
    requests.onNext(EstimateStreamRequest.newBuilder().setId("1").setRequest(request).build());
    requests.onCompleted();
    return reply;
  }

  private static <T> T await(Future<T> reply, Interruption interruption) {
    try {
      while (true) {
        interruption.check();
        try {
          return reply.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // Not yet.
        }
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("an estimate of our own failed", e);
    } finally {
      reply.cancel(true);
    }
  }

  /** What it is at, and has done. */
  ServerStatistics statistics() {
    return server.statistics();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
    connections.close();
  }
}
