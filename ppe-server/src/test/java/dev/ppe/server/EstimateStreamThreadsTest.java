package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateStreamResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several workers answer one stream while its transport and its end come from other threads. */
class EstimateStreamThreadsTest {
  private static final int REQUESTS = 2_000;
  private static final int WORKERS = 4;

  private final SimulationPool pool =
      new SimulationPool(
          new DirectEstimates((request, interruption) -> Requests.answerTo(request)),
          new Admission(
              new Admission.Limits(
                  WORKERS, 0, REQUESTS, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)));
  private final UnreadAnswers unread = new UnreadAnswers(1L << 30);
  private final CountDownLatch over = new CountDownLatch(1);
  private final OneThreadAtATime transport = new OneThreadAtATime();
  private final EstimateStream stream =
      new EstimateStream(
          new EstimateStream.Work(WeighedRequests.ofStreams(Requests.ANY_SIZE), pool),
          transport,
          unread.open(),
          ended -> over.countDown());

  /** What is not to be called by two threads at once, as gRPC has it. */
  private static final class OneThreadAtATime extends PlayedTransport {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicBoolean two = new AtomicBoolean();
    private final AtomicInteger ends = new AtomicInteger();

    private void alone(Runnable step) {
      two.compareAndSet(false, inside.incrementAndGet() > 1);
      step.run();
      inside.decrementAndGet();
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void onNext(byte[] value) {
      alone(() -> super.onNext(value));
    }

    @Override
    public void request(int count) {
      alone(() -> super.request(count));
    }

    @Override
    public void onCompleted() {
      ends.incrementAndGet();
      alone(super::onCompleted);
    }

    @Override
    public void onError(Throwable failure) {
      ends.incrementAndGet();
      alone(() -> super.onError(failure));
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    pool.shutdown();
    assertThat(pool.awaitTermination(30)).isTrue();
  }

  private void send() {
    for (int i = 0; i < REQUESTS; i++) {
      stream.onNext(Requests.message("" + i, Requests.small()));
    }
  }

  private Thread meanwhile(Runnable step) {
    return Thread.ofPlatform()
        .start(
            () -> {
              while (over.getCount() > 0) {
                step.run();
              }
            });
  }

  private void awaitEnd() throws InterruptedException {
    assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void eachIsAnsweredOnceBeforeTheEnd() throws Exception {
    stream.start(REQUESTS);
    Thread ready = meanwhile(transport.onReady);
    send();
    stream.onCompleted();
    awaitEnd();
    ready.join();
    pool.shutdown(); // whoever sends may still be at the call's end
    assertThat(pool.awaitTermination(30)).isTrue();
    assertThat(transport.end).isEqualTo(Status.OK);
    List<String> ids = new ArrayList<>();
    for (byte[] answer : transport.sent) {
      ids.add(EstimateStreamResponse.parseFrom(answer).getId());
    }
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, REQUESTS).mapToObj(i -> "" + i).toList());
    assertThat(transport.ends).hasValue(1);
    assertThat(transport.two).isFalse();
    transport.onClose.run();
    assertThat(unread.bytes()).isZero();
  }

  @Test
  void aStreamThatIsSentElsewhereEndsOnceAndOwesNothing() throws Exception {
    stream.start(REQUESTS);
    Thread drain = Thread.ofPlatform().start(stream::drain);
    send();
    awaitEnd();
    drain.join();
    pool.shutdown();
    assertThat(pool.awaitTermination(30)).isTrue();
    assertThat(transport.end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(transport.ends).hasValue(1);
    assertThat(transport.two).isFalse();
    transport.onClose.run();
    assertThat(unread.bytes()).isZero();
  }

  @Test
  void aStreamThatIsTakenBackIsToldNothing() throws Exception {
    stream.start(REQUESTS);
    Thread cancel = Thread.ofPlatform().start(transport.onCancel);
    send();
    awaitEnd();
    cancel.join();
    pool.shutdown();
    assertThat(pool.awaitTermination(30)).isTrue();
    assertThat(transport.ends).hasValue(0);
    assertThat(transport.two).isFalse();
    assertThat(unread.bytes()).isZero();
  }
}
