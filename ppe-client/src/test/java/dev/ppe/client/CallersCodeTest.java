package dev.ppe.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ppe.simulator.SimulatorVersion;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Estimator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners and callbacks that do what they like: no call is lost, and nobody waits for ever. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // or a build would wait, too
class CallersCodeTest {
  private static final EstimateRequest REQUEST = EstimateRequest.getDefaultInstance();
  private static final EstimateResponse ANSWER =
      EstimateResponse.newBuilder().setCycles(42).build();
  private static final Estimator ANSWERS = (request, interruption) -> ANSWER;

  private static PpeClient client(TestServer server) {
    return PpeClient.builder().target(server.address()).maxInFlightPerReplica(1).build();
  }

  /** Three senders keep the gate full while the listener sends, too. */
  @Test
  void aListenerMaySendThoughThereIsNoRoom() throws Exception {
    AtomicInteger outcomes = new AtomicInteger();
    AtomicInteger again = new AtomicInteger(200);
    CompletableFuture<EstimateStream> stream = new CompletableFuture<>();
    try (TestServer server = TestServer.around(ANSWERS);
        PpeClient client = client(server)) {
      try (EstimateStream opened =
          client.stream(
              outcome -> {
                outcomes.incrementAndGet();
                if (again.getAndDecrement() > 0) {
                  stream.join().send("again", REQUEST);
                }
              })) {
        stream.complete(opened);
        List<Thread> senders =
            List.of(sender(opened, 100), sender(opened, 100), sender(opened, 100));
        for (Thread sender : senders) {
          sender.join();
        }
        while (again.get() > 0) {
          Thread.onSpinWait(); // a closed stream would take no more
        }
      }
      assertThat(outcomes).hasValue(500);
    }
  }

  private static Thread sender(EstimateStream stream, int count) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              for (int i = 0; i < count; i++) {
                stream.send("" + i, REQUEST);
              }
            });
  }

  @Test
  void aListenerThatSendsWhatFailsAtOnceIsNotCalledWithinItself() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger outcomes = new AtomicInteger();
    CompletableFuture<EstimateStream> stream = new CompletableFuture<>();
    PpeClient client = PpeClient.inProcess(Duration.ofSeconds(30));
    client.close(); // so that all fail at once
    try (EstimateStream opened =
        client.stream(
            outcome -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              if (outcomes.incrementAndGet() < 10_000) {
                stream.join().send("again", REQUEST);
              }
              inside.decrementAndGet();
            })) {
      stream.complete(opened);
      opened.send("first", REQUEST);
    }
    assertThat(outcomes).hasValue(10_000);
    assertThat(most).hasValue(1);
  }

  @Test
  void aListenerMayCloseTheStream() {
    AtomicInteger outcomes = new AtomicInteger();
    CompletableFuture<EstimateStream> itself = new CompletableFuture<>();
    try (TestServer server = TestServer.around(ANSWERS);
        PpeClient client = client(server)) {
      EstimateStream stream =
          client.stream(
              outcome -> {
                outcomes.incrementAndGet();
                itself.join().close();
              });
      itself.complete(stream);
      assertThatThrownBy(
              () -> {
                while (true) {
                  stream.send("more", REQUEST);
                }
              })
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the stream is closed");
      stream.close();
      assertThat(outcomes).hasPositiveValue();
    }
  }

  @Test
  void whatAListenerThrowsIsTheStreamsEndAndNoOutcomeIsLost() {
    AtomicInteger outcomes = new AtomicInteger();
    try (TestServer server = TestServer.around(ANSWERS);
        PpeClient client = client(server)) {
      EstimateStream stream =
          client.stream(
              outcome -> {
                throw new IllegalStateException("outcome " + outcomes.incrementAndGet());
              });
      for (int i = 0; i < 10; i++) {
        stream.send("" + i, REQUEST);
      }
      assertThatThrownBy(stream::close)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("outcome 1");
      assertThat(outcomes).hasValue(10);
    }
  }

  @Test
  void aNoteThatNobodyCanTakeCostsNoAnswer() {
    Estimator another =
        (request, interruption) ->
            ANSWER.toBuilder().setSimulatorVersion(SimulatorVersion.CURRENT + "-other").build();
    AtomicInteger notes = new AtomicInteger();
    try (TestServer server = TestServer.around(another);
        PpeClient client =
            PpeClient.builder()
                .target(server.address())
                .deadline(Duration.ofSeconds(30))
                .onNote(
                    note -> {
                      notes.incrementAndGet();
                      throw new IllegalStateException("the log is full");
                    })
                .build()) {
      assertThat(client.estimate(REQUEST).getCycles()).isEqualTo(42);
      assertThat(notes).hasValue(1);
    }
  }

  /** Its call has ended, and its place is free, before anybody hears of it. */
  @Test
  void whoHearsThatACallIsCancelledMayWaitForTheOthers() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Estimator hangingOnce =
        (request, interruption) -> {
          if (begun.getCount() > 0) {
            begun.countDown();
            try {
              end.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          return ANSWER;
        };
    List<EstimateResponse> heard = new CopyOnWriteArrayList<>();
    try (TestServer server = TestServer.around(hangingOnce);
        PpeClient client = client(server)) {
      CompletableFuture<EstimateResponse> hanging = client.estimateAsync(REQUEST);
      begun.await();
      CompletableFuture<EstimateResponse> second = client.estimateAsync(REQUEST); // within gRPC
      CompletableFuture<EstimateResponse> third = client.estimateAsync(REQUEST); // in the line
      CompletableFuture<Boolean> told =
          hanging.handle((answer, failure) -> heard.add(second.join()) && heard.add(third.join()));
      assertThat(hanging.cancel(true)).isTrue();
      assertThat(hanging).isCancelled();
      told.join();
      assertThat(heard).containsExactly(ANSWER, ANSWER);
    } finally {
      end.countDown();
    }
  }
}
