package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Estimator;
import io.grpc.Status.Code;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Far more futures than replicas have room for. */
class ManyAsyncTest {
  private static final EstimateResponse ANSWER = EstimateResponse.getDefaultInstance();
  private static final EstimateRequest REQUEST = EstimateRequest.getDefaultInstance();

  private final CountDownLatch end = new CountDownLatch(1);
  private final Estimator hanging =
      (request, interruption) -> {
        try {
          end.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return ANSWER;
      };

  @AfterEach
  void letGo() {
    end.countDown();
  }

  private static PpeClientBuilder builder(String... addresses) {
    return PpeClient.builder().targets(List.of(addresses)).maxInFlightPerReplica(2);
  }

  private static List<CompletableFuture<EstimateResponse>> ask(PpeClient client, int count) {
    return Stream.generate(() -> client.estimateAsync(REQUEST)).limit(count).toList();
  }

  private static Code codeOf(CompletableFuture<EstimateResponse> future) {
    CompletionException failure = catchThrowableOfType(CompletionException.class, future::join);
    assertThat(failure).isNotNull();
    return failure.getCause() instanceof PpeException known ? known.code() : Code.UNKNOWN;
  }

  @Test
  void allAreAnswered() {
    try (TestServer server = TestServer.around((request, interruption) -> ANSWER);
        PpeClient client = builder(server.address()).build()) {
      assertThat(ask(client, 5000))
          .allSatisfy(future -> assertThat(future.join()).isEqualTo(ANSWER));
      assertThat(server.estimates()).isEqualTo(5000);
    }
  }

  @Test
  void aListenerMayAskAndWait() {
    try (TestServer server = TestServer.around((request, interruption) -> ANSWER);
        PpeClient client = builder(server.address()).build()) {
      assertThat(
              ask(client, 200).stream()
                  .map(future -> future.thenApply(answer -> client.estimate(REQUEST)))
                  .toList())
          .allSatisfy(future -> assertThat(future.join()).isEqualTo(ANSWER));
    }
  }

  @Test
  void whoeverWaitsIsGivenUpWhenItsDeadlineIsOver() {
    try (TestServer server = TestServer.around(hanging);
        PpeClient client = builder(server.address()).deadline(Duration.ofMillis(300)).build()) {
      assertThat(ask(client, 50))
          .allSatisfy(future -> assertThat(codeOf(future)).isEqualTo(Code.DEADLINE_EXCEEDED));
      assertThat(server.estimates()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void aClosedClientEndsAllThatWait() {
    try (TestServer server = TestServer.around(hanging)) {
      PpeClient client = builder(server.address()).build();
      List<CompletableFuture<EstimateResponse>> futures = ask(client, 2000);
      client.close();
      assertThat(futures)
          .allSatisfy(future -> assertThat(codeOf(future)).isEqualTo(Code.CANCELLED));
    }
  }

  @Test
  void whatIsCancelledBeforeItsTurnIsNeverAsked() {
    try (TestServer server = TestServer.around(hanging);
        PpeClient client = builder(server.address()).build()) {
      List<CompletableFuture<EstimateResponse>> futures = ask(client, 50);
      futures.subList(3, 49).forEach(future -> future.cancel(true));
      end.countDown();
      assertThat(futures.getLast().join()).isEqualTo(ANSWER);
      assertThat(futures.subList(0, 3))
          .allSatisfy(future -> assertThat(future.join()).isEqualTo(ANSWER));
      assertThat(server.estimates()).isEqualTo(4);
    }
  }

  @Test
  void aReplicaThatComesLaterGetsSomeOfThoseThatWait() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (TestServer busy = TestServer.around(hanging);
        PpeClient client = builder(busy.address(), "localhost:" + port).build()) {
      List<CompletableFuture<EstimateResponse>> futures = ask(client, 20);
      try (TestServer later = TestServer.onPort(port, (request, interruption) -> ANSWER)) {
        while (futures.stream().filter(CompletableFuture::isDone).count() < 17) {
          Thread.sleep(5); // until the deadline of the calls at the latest
        }
        assertThat(later.estimates()).isGreaterThanOrEqualTo(17);
      }
    }
  }
}
