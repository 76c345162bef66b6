package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits takes no more memory than it may, in objects, not in bytes on the wire. */
class PendingMemoryTest {
  private static final long MAX_BYTES = 8_000_000;
  private static final byte[] LARGE = Requests.of(Requests.chain(1000)).toByteArray();

  private final Gate gate = new Gate();
  private final SimulationPool pool =
      new SimulationPool(
          new DirectEstimates(gate),
          new Admission(
              new Admission.Limits(1, 0, 1_000_000, MAX_BYTES, Long.MAX_VALUE, Long.MAX_VALUE)));

  @AfterEach
  void stop() {
    gate.open();
    pool.shutdown();
  }

  private static final class Anybody implements ToldClient.Client {
    @Override
    public Runnable accept(byte[] response, CacheStatus status) {
      return () -> {};
    }

    @Override
    public void failed(Throwable failure) {}
  }

  /** Lets a request in. Returns the refusal, if there is no room. */
  private Optional<Status> submit(EstimateRequest request) {
    try {
      pool.submit(
          Requests.origin(
              request,
              WeighedRequests.ofCalls(Requests.ANY_SIZE).weigh(LARGE, Interruption.NEVER).bytes(),
              true),
          new Anybody());
      return Optional.empty();
    } catch (StatusRuntimeException refused) {
      return Optional.of(refused.getStatus());
    }
  }

  /** Lets a request of so many bytes in. Returns whether there was room. */
  private boolean isTaken(long bytes) {
    try {
      pool.submit(Requests.origin(Requests.small(), bytes, true), new Anybody());
      return true;
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      return false;
    }
  }

  @Test
  void oneThatTakesMoreThanAllIsTakenAndLeavesHalfToOthers() {
    assertThat(isTaken(100 * MAX_BYTES)).isTrue();
    assertThat(isTaken(MAX_BYTES / 4)).isTrue();
    assertThat(isTaken(2 * MAX_BYTES)).isFalse();
    assertThat(isTaken(MAX_BYTES / 4 - 1)).isTrue();
    assertThat(isTaken(1)).isFalse();
  }

  @Test
  void aQueueFullOfLargeGraphsStaysWithinItsBound() {
    List<EstimateRequest> taken = new ArrayList<>();
    Optional<Status> refused = Optional.empty();
    while (refused.isEmpty()) {
      EstimateRequest request = WeighedRequests.ofCalls(Requests.ANY_SIZE).parse(LARGE);
      refused = submit(request);
      if (refused.isEmpty()) {
        taken.add(request);
      }
    }
    assertThat(refused.get().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(refused.get().getDescription()).contains("bytes of requests are waiting");
    assertThat(HeapSize.of(taken.toArray())).isBetween(MAX_BYTES / 3, MAX_BYTES);
    assertThat((long) taken.size() * LARGE.length).isLessThan(MAX_BYTES / 8);
    assertThat(pool.statistics().openBytes()).isLessThanOrEqualTo(MAX_BYTES);
  }
}
