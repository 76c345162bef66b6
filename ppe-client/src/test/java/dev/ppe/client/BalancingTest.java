package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Estimator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which replica gets how many calls. */
class BalancingTest {
  private static final EstimateResponse ANSWER = EstimateResponse.getDefaultInstance();
  private static final EstimateRequest REQUEST = EstimateRequest.getDefaultInstance();
  private static final Estimator ANSWERS = (request, interruption) -> ANSWER;

  /** Counts the calls that are in it at a time, and lets none out before so many have been. */
  private static final class Crowd implements Estimator {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch full;

    Crowd(int calls) {
      this.full = new CountDownLatch(calls);
    }

    @Override
    public EstimateResponse estimate(
        EstimateRequest request, dev.ppe.simulator.Interruption interruption) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      full.countDown();
      try {
        full.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        inside.decrementAndGet();
      }
      return ANSWER;
    }
  }

  private static PpeClientBuilder builder(TestServer... servers) {
    return PpeClient.builder().targets(Stream.of(servers).map(TestServer::address).toList());
  }

  private static void untilAllAreConnected(PpeClient client, TestServer... servers) {
    while (Stream.of(servers).anyMatch(server -> server.estimates() == 0)) {
      client.estimate(REQUEST);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noReplicaHasMoreCallsAtATimeThanItMay(Balancing balancing) {
    Crowd first = new Crowd(3);
    Crowd second = new Crowd(3);
    try (TestServer one = TestServer.around(first);
        TestServer two = TestServer.around(second);
        PpeClient client =
            builder(one, two).maxInFlightPerReplica(3).balancing(balancing).build()) {
      List<Outcome<EstimateRequest>> outcomes =
          client.estimateAll(Stream.generate(() -> REQUEST).limit(200)).toList();
      assertThat(outcomes).hasOnlyElementsOfType(Outcome.Answer.class);
      assertThat(first.most).hasValue(3);
      assertThat(second.most).hasValue(3);
    }
  }

  @Test
  void whatComesOnTopWaitsHere() {
    Crowd crowd = new Crowd(2);
    try (TestServer server = TestServer.around(crowd);
        PpeClient client = builder(server).maxInFlightPerReplica(2).build()) {
      assertThat(Stream.generate(() -> client.estimateAsync(REQUEST)).limit(50).toList())
          .allSatisfy(future -> assertThat(future.join()).isEqualTo(ANSWER));
      assertThat(crowd.most).hasValue(2);
    }
  }

  @Test
  void aReplicaThatIsBusyGetsFewerByLeastRequest() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Estimator slowOnce =
        (request, interruption) -> {
          if (request.getModelName().equals("slow")) {
            begun.countDown();
            try {
              end.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          return ANSWER;
        };
    try (TestServer one = TestServer.around(slowOnce);
        TestServer two = TestServer.around(slowOnce);
        PpeClient client = builder(one, two).balancing(Balancing.LEAST_REQUEST).build()) {
      untilAllAreConnected(client, one, two);
      int before = one.estimates();
      var slow = client.estimateAsync(REQUEST.toBuilder().setModelName("slow").build());
      begun.await();
      TestServer busy = one.estimates() > before ? one : two;
      int had = busy.estimates();
      for (int i = 0; i < 20; i++) {
        client.estimate(REQUEST);
      }
      assertThat(busy.estimates()).isEqualTo(had);
      end.countDown();
      assertThat(slow.join()).isEqualTo(ANSWER);
    }
  }

  @Test
  void turnsAreEven() {
    try (TestServer one = TestServer.around(ANSWERS);
        TestServer two = TestServer.around(ANSWERS);
        TestServer three = TestServer.around(ANSWERS);
        PpeClient client = builder(one, two, three).build()) {
      untilAllAreConnected(client, one, two, three);
      List<Integer> before = Stream.of(one, two, three).map(TestServer::estimates).toList();
      for (int i = 0; i < 30; i++) {
        client.estimate(REQUEST);
      }
      assertThat(one.estimates() - before.get(0)).isEqualTo(10);
      assertThat(two.estimates() - before.get(1)).isEqualTo(10);
      assertThat(three.estimates() - before.get(2)).isEqualTo(10);
    }
  }
}
