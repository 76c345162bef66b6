package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.LoadReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which replica gets how many calls, by the load that they report where that counts. */
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

  /** A replica that does 100 requests a second at a utilization. */
  private static byte[] busy(double utilization) {
    return new LoadReport(0, utilization, 100, 0).toBytes();
  }

  /** A client that heeds the first report already, and every one at once. */
  private static PpeClient heeding(Balancing balancing, TestServer... servers) {
    return new RemoteClient(
        Target.parse(String.join(",", Stream.of(servers).map(TestServer::address).toList())),
        new ClientOptions(
            ConnectionSecurity.PLAINTEXT,
            Duration.ofMinutes(1),
            ClientOptions.DEFAULT_IN_FLIGHT,
            balancing,
            new Weighting(Duration.ZERO, Duration.ofMinutes(3), Duration.ZERO),
            Attempts.DEFAULT,
            note -> {}));
  }

  private static int[] counts(TestServer... servers) {
    return Stream.of(servers).mapToInt(TestServer::estimates).toArray();
  }

  /** How many of {@code calls} calls, one after the other, each replica gets once all are known. */
  private static List<Integer> spread(int calls, Balancing balancing, TestServer... servers) {
    try (PpeClient client = heeding(balancing, servers)) {
      untilAllAreConnected(client, servers);
      int[] before = counts(servers);
      for (int i = 0; i < calls; i++) {
        assertThat(client.estimate(REQUEST)).isEqualTo(ANSWER);
      }
      int[] after = counts(servers);
      return IntStream.range(0, servers.length).map(i -> after[i] - before[i]).boxed().toList();
    }
  }

  @Test
  void turnsFollowWhatReplicasReport() {
    try (TestServer fast = TestServer.reporting(ANSWERS, busy(0.1));
        TestServer slow = TestServer.reporting(ANSWERS, busy(0.4));
        TestServer silent = TestServer.around(ANSWERS)) {
      // 1000, 250 and, for the one without reports, their mean
      List<Integer> counts = spread(75, Balancing.WEIGHTED_ROUND_ROBIN, fast, slow, silent);
      assertThat(counts.get(0)).isBetween(39, 41);
      assertThat(counts.get(1)).isBetween(9, 11);
      assertThat(counts.get(2)).isBetween(24, 26);
    }
  }

  @Test
  void plainTurnsAreEvenWhateverReplicasReport() {
    try (TestServer fast = TestServer.reporting(ANSWERS, busy(0.1));
        TestServer slow = TestServer.reporting(ANSWERS, busy(0.9))) {
      assertThat(spread(20, Balancing.ROUND_ROBIN, fast, slow)).containsExactly(10, 10);
    }
  }

  @Test
  void idleReplicasGetCallsByWeightUnderLeastRequestToo() {
    try (TestServer fast = TestServer.reporting(ANSWERS, busy(0.2));
        TestServer slow = TestServer.reporting(ANSWERS, busy(0.8))) {
      List<Integer> counts = spread(50, Balancing.LEAST_REQUEST, fast, slow);
      assertThat(counts.get(0)).isBetween(39, 41);
    }
  }

  @Test
  void callsUnderWayCountOverTheWeightUnderLeastRequest() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(10);
    CountDownLatch end = new CountDownLatch(1);
    Estimator held =
        (request, interruption) -> {
          if (request.getModelName().equals("held")) {
            begun.countDown();
            try {
              end.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          return ANSWER;
        };
    try (TestServer fast = TestServer.reporting(held, busy(0.2));
        TestServer slow = TestServer.reporting(held, busy(0.8));
        PpeClient client = heeding(Balancing.LEAST_REQUEST, fast, slow)) {
      untilAllAreConnected(client, fast, slow);
      int[] before = counts(fast, slow);
      List<CompletableFuture<EstimateResponse>> calls =
          Stream.generate(() -> REQUEST.toBuilder().setModelName("held").build())
              .limit(10)
              .map(client::estimateAsync)
              .toList();
      begun.await();
      assertThat(fast.estimates() - before[0]).isEqualTo(8);
      assertThat(slow.estimates() - before[1]).isEqualTo(2);
      end.countDown();
      assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo(ANSWER));
    }
  }

  @ParameterizedTest
  @EnumSource
  void hostileReportsChangeNothing(Balancing balancing) {
    byte[] garbage = {0x0c, 1, 2, 3};
    byte[] negative = busy(0.5);
    negative[negative.length - 1] |= (byte) 0x80;
    byte[] notANumber = busy(0.5);
    Arrays.fill(notANumber, notANumber.length - 8, notANumber.length, (byte) 0xff);
    try (TestServer one = TestServer.reporting(ANSWERS, garbage);
        TestServer two = TestServer.reporting(ANSWERS, negative);
        TestServer three = TestServer.reporting(ANSWERS, notANumber)) {
      assertThat(spread(30, balancing, one, two, three)).containsExactly(10, 10, 10);
    }
  }
}
