package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Estimator;
import io.grpc.Status;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What only a client of several replicas does. */
class RemoteClientTest {
  private static final Estimator ANSWERS =
      (request, interruption) -> EstimateResponse.newBuilder().setCycles(42).build();

  private static PpeClient connect(String... addresses) {
    return PpeClient.connect(Target.parse(String.join(",", addresses)), Duration.ofSeconds(30));
  }

  private static EstimateResponse estimate(PpeClient client) {
    return client.estimate(EstimateRequest.getDefaultInstance());
  }

  private static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "localhost:" + socket.getLocalPort();
    }
  }

  @Test
  void replicasAreAskedInTurn() {
    try (TestServer one = TestServer.around(ANSWERS);
        TestServer two = TestServer.around(ANSWERS);
        PpeClient client = connect(one.address(), two.address())) {
      int asked = 0;
      while (one.estimates() == 0 || two.estimates() == 0) { // until both are connected
        estimate(client);
        asked++;
      }
      for (int i = 0; i < 10; i++) {
        estimate(client);
      }
      assertThat(one.estimates() + two.estimates()).isEqualTo(asked + 10);
      assertThat(one.estimates()).isGreaterThanOrEqualTo(5);
      assertThat(two.estimates()).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void aReplicaThatIsNotThereLosesNoRequest() throws IOException {
    try (TestServer one = TestServer.around(ANSWERS);
        PpeClient client = connect(nobody(), one.address(), "no-such-host.invalid:1")) {
      for (int i = 0; i < 10; i++) {
        assertThat(estimate(client).getCycles()).isEqualTo(42);
      }
    }
  }

  @Test
  void aReplicaThatStopsLosesNoRequest() {
    TestServer two = TestServer.around(ANSWERS);
    try (TestServer one = TestServer.around(ANSWERS);
        PpeClient client = connect(one.address(), two.address())) {
      while (two.estimates() == 0) {
        estimate(client);
      }
      two.close();
      for (int i = 0; i < 10; i++) {
        assertThat(estimate(client).getCycles()).isEqualTo(42);
      }
    } finally {
      two.close();
    }
  }

  @Test
  void aReplicaThatStopsWhileItIsAskedLosesNoRequest() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Estimator neverDone =
        (request, interruption) -> {
          asked.countDown();
          Uninterruptibles.awaitUninterruptibly(end);
          throw Status.ABORTED.asRuntimeException();
        };
    TestServer two = TestServer.around(neverDone);
    try (TestServer one = TestServer.around(ANSWERS);
        PpeClient client = connect(one.address(), two.address())) {
      CompletableFuture<Void> stop =
          CompletableFuture.runAsync(
              () -> {
                Uninterruptibles.awaitUninterruptibly(asked);
                two.close();
              });
      while (!stop.isDone()) {
        assertThat(estimate(client).getCycles()).isEqualTo(42);
      }
      stop.get();
    } finally {
      end.countDown();
      two.close();
    }
  }

  @Test
  void whereNobodyAnswersTheTargetAndTheReasonAreNamed() throws IOException {
    String address = nobody();
    try (PpeClient client = connect(address)) {
      PpeException failure = catchThrowableOfType(PpeException.class, () -> estimate(client));
      assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(failure)
          .hasMessageStartingWith("no replica answers at " + address + ": ")
          .hasMessageContaining(": Connection refused");
    }
  }

  @Test
  void anUnknownHostIsNamed() {
    try (PpeClient client = connect("no-such-host.invalid:1")) {
      assertThat(catchThrowableOfType(PpeException.class, () -> estimate(client)))
          .hasMessageContaining("unknown host no-such-host.invalid");
    }
  }

  @Test
  void anOverloadedReplicaIsAskedAgainAfterThePauseItWants() {
    AtomicInteger calls = new AtomicInteger();
    Estimator overloadedTwice =
        (request, interruption) -> {
          if (calls.incrementAndGet() <= 2) {
            throw Overload.untilMillis(2);
          }
          return EstimateResponse.newBuilder().setCycles(7).build();
        };
    try (TestServer server = TestServer.around(overloadedTwice);
        PpeClient client = connect(server.address())) {
      assertThat(estimate(client).getCycles()).isEqualTo(7);
      assertThat(calls).hasValue(3);
    }
  }

  @Test
  void whatIsTooLargeIsNotAskedAgain() {
    Estimator tooLarge =
        (request, interruption) -> {
          throw Status.RESOURCE_EXHAUSTED.withDescription("too large").asRuntimeException();
        };
    try (TestServer server = TestServer.around(tooLarge);
        PpeClient client = connect(server.address())) {
      assertThat(catchThrowableOfType(PpeException.class, () -> estimate(client)))
          .hasMessage("too large");
      assertThat(server.estimates()).isEqualTo(1);
    }
  }

  @Test
  void hintsThatCannotBeEndTheCallAndGiveItsPlaceBack() {
    Status full = Status.RESOURCE_EXHAUSTED.withDescription("the queue is full");
    List<byte[]> details =
        List.of(
            RetryHintTest.pauseOfSeconds(Long.MAX_VALUE),
            RetryHintTest.pauseOfSeconds(400L * 365 * 86_400),
            RetryHintTest.status(Status.Code.OK),
            new byte[] {10, 127, 1});
    AtomicInteger calls = new AtomicInteger();
    Estimator hostile =
        (request, interruption) -> {
          int call = calls.getAndIncrement();
          if (call == details.size()) {
            return EstimateResponse.newBuilder().setCycles(42).build();
          }
          throw full.asRuntimeException(RetryHintTest.trailers(details.get(call)));
        };
    try (TestServer server = TestServer.around(hostile);
        PpeClient client =
            PpeClient.builder()
                .target(server.address())
                .maxInFlightPerReplica(1)
                .deadline(Duration.ofSeconds(30))
                .build()) {
      for (int i = 0; i < details.size(); i++) {
        CompletableFuture<EstimateResponse> call =
            client.estimateAsync(EstimateRequest.getDefaultInstance());
        assertThat(call)
            .failsWithin(Duration.ofSeconds(60))
            .withThrowableOfType(ExecutionException.class)
            .withCauseInstanceOf(PpeException.class)
            .withMessageContaining("the queue is full");
      }
      assertThat(estimate(client).getCycles()).isEqualTo(42);
    }
  }

  @Test
  void aDeadlineThatHasPassedNamesTheTarget() {
    CountDownLatch end = new CountDownLatch(1);
    Estimator hanging =
        (request, interruption) -> {
          Uninterruptibles.awaitUninterruptibly(end);
          throw Status.ABORTED.asRuntimeException();
        };
    try (TestServer server = TestServer.around(hanging);
        PpeClient client =
            PpeClient.connect(Target.parse(server.address()), Duration.ofMillis(100))) {
      assertThat(catchThrowableOfType(PpeException.class, () -> estimate(client)))
          .hasMessage("no answer within 100 ms from " + server.address());
    } finally {
      end.countDown();
    }
  }

  private static final Estimator OF_ANOTHER_VERSION =
      (request, interruption) -> {
        throw Status.NOT_FOUND.withDescription("no accelerator \"new\"").asRuntimeException();
      };

  @Test
  void anAcceleratorThatOneReplicaDoesNotKnowIsAskedOfAnother() {
    try (TestServer older = TestServer.around(OF_ANOTHER_VERSION);
        TestServer newer = TestServer.around(ANSWERS);
        PpeClient client = connect(older.address(), newer.address())) {
      while (newer.estimates() == 0) { // until that one is connected
        try {
          estimate(client);
        } catch (PpeException e) {
          assertThat(e.code()).isEqualTo(Status.Code.NOT_FOUND);
        }
      }
      for (int i = 0; i < 20; i++) {
        assertThat(estimate(client).getCycles()).isEqualTo(42);
      }
    }
  }

  @Test
  void anAcceleratorThatNobodyKnowsIsAskedForFourTimesAtMost() {
    List<TestServer> servers =
        Stream.generate(() -> TestServer.around(OF_ANOTHER_VERSION)).limit(6).toList();
    try (PpeClient client =
        connect(servers.stream().map(TestServer::address).toArray(String[]::new))) {
      while (servers.stream().anyMatch(server -> server.estimates() == 0)) {
        assertThat(catchThrowableOfType(PpeException.class, () -> estimate(client)))
            .hasMessage("no accelerator \"new\"");
      }
      int before = servers.stream().mapToInt(TestServer::estimates).sum();
      assertThat(catchThrowableOfType(PpeException.class, () -> estimate(client))).isNotNull();
      assertThat(servers.stream().mapToInt(TestServer::estimates).sum()).isEqualTo(before + 4);
    } finally {
      servers.forEach(TestServer::close);
    }
  }
}
