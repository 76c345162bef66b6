package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.GraphLimits;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The window of a stream, against a transport that the test plays. */
class EstimateStreamWindowTest {
  private static final int WINDOW = 3;
  private static final String LONG_ID = "x".repeat(40_000); // more than the transport takes ahead

  private static final RequestLimits LIMITS =
      new RequestLimits(new GraphLimits(5, 1_000, 100, 1L << 30, 1L << 40), Long.MAX_VALUE);

  private final Semaphore estimated = new Semaphore(0);
  private final SimulationPool pool =
      new SimulationPool(
          new DirectEstimates(
              (request, interruption) -> {
                estimated.release();
                if (request.getModelName().equals("unspeakable")) {
                  throw new Unspeakable();
                }
                return Requests.answerTo(request);
              }),
          new Admission(
              new Admission.Limits(1, 0, WINDOW, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)));
  private final PlayedTransport transport = new PlayedTransport();
  private final List<EstimateStream> ended = new ArrayList<>();
  private final UnreadAnswers unread = new UnreadAnswers(1_000_000);
  private final EstimateStream stream =
      new EstimateStream(
          new EstimateStream.Work(WeighedRequests.ofStreams(LIMITS), pool),
          transport,
          unread.open(),
          ended::add);

  @AfterEach
  void stop() {
    pool.shutdown();
  }

  private static StreamMessage read(String id) {
    return Requests.message(id, Requests.small());
  }

  private void send(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      stream.onNext(read(LONG_ID));
    }
    assertThat(estimated.tryAcquire(count, 30, TimeUnit.SECONDS)).isTrue();
    pool.shutdown(); // and wait for the last answer to reach the stream
    assertThat(pool.awaitTermination(30)).isTrue();
  }

  @Test
  void noMoreIsAskedForThanHasBeenSent() throws InterruptedException {
    stream.start(WINDOW);
    assertThat(transport.requested).isEqualTo(WINDOW);
    send(WINDOW);
    assertThat(transport.sent).isEmpty();
    assertThat(transport.requested).isEqualTo(WINDOW);
    transport.room = 1;
    transport.onReady.run();
    assertThat(transport.sent).hasSize(1);
    assertThat(transport.requested).isEqualTo(WINDOW + 1);
    transport.room = 10;
    transport.onReady.run();
    assertThat(transport.sent).hasSize(WINDOW);
    assertThat(transport.requested).isEqualTo(2 * WINDOW);
    assertThat(transport.end).isNull();
  }

  @Test
  void theEndWaitsForTheLastAnswer() throws InterruptedException {
    stream.start(WINDOW);
    send(2);
    stream.onCompleted();
    assertThat(transport.end).isNull();
    transport.room = 10;
    transport.onReady.run();
    assertThat(transport.sent).hasSize(2);
    assertThat(transport.end).isEqualTo(Status.OK);
    assertThat(ended).containsExactly(stream);
  }

  @Test
  void aDrainedStreamSendsWhatItHasAndSendsTheClientElsewhere() throws InterruptedException {
    stream.start(WINDOW);
    send(2);
    stream.drain();
    assertThat(transport.end).isNull();
    transport.room = 10;
    transport.onReady.run();
    assertThat(transport.sent).hasSize(2);
    assertThat(transport.requested).isEqualTo(WINDOW);
    assertThat(transport.end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aCancelledStreamSendsNothing() throws InterruptedException {
    stream.start(WINDOW);
    send(1);
    transport.onCancel.run();
    transport.room = 10;
    transport.onReady.run();
    assertThat(transport.sent).isEmpty();
    assertThat(transport.end).isNull();
  }

  @Test
  void whatComesAfterTheEndIsNotWorkedOut() throws InterruptedException {
    stream.start(WINDOW);
    stream.drain();
    assertThat(transport.end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    stream.onNext(read("on its way"));
    pool.shutdown();
    assertThat(pool.awaitTermination(30)).isTrue();
    assertThat(estimated.availablePermits()).isZero();
  }

  @Test
  void aStreamThatOthersEndedIsOver() {
    stream.start(WINDOW);
    transport.onClose.run();
    assertThat(ended).containsExactly(stream);
    stream.drain();
    assertThat(transport.end).isNull();
  }

  @Test
  void answersAreOnTheAccountUntilTheTransportHasSentThem() throws InterruptedException {
    stream.start(WINDOW);
    send(2);
    assertThat(unread.bytes()).isGreaterThan(2L * LONG_ID.length());
    transport.room = 1;
    transport.onReady.run();
    assertThat(transport.sent).hasSize(1);
    assertThat(unread.bytes()).isGreaterThan(2L * LONG_ID.length());
    transport.room = 1; // it has sent the first
    transport.onReady.run();
    assertThat(transport.sent).hasSize(2);
    assertThat(unread.bytes()).isBetween((long) LONG_ID.length(), 2L * LONG_ID.length());
    stream.onCompleted();
    assertThat(transport.end).isEqualTo(Status.OK);
    assertThat(unread.bytes()).isPositive(); // the last one may still be on its way
    transport.onClose.run();
    assertThat(unread.bytes()).isZero();
  }

  @Test
  void anOpenStreamThatHasReadAllOwesNothing() throws InterruptedException {
    stream.start(WINDOW);
    transport.room = 1;
    send(1);
    assertThat(transport.sent).hasSize(1);
    assertThat(unread.bytes()).isPositive();
    transport.room = 1; // it has sent that
    transport.onReady.run();
    assertThat(unread.bytes()).isZero();
  }

  @Test
  void whatACancelledStreamHeldIsForgotten() throws InterruptedException {
    stream.start(WINDOW);
    send(2);
    transport.onCancel.run();
    assertThat(unread.bytes()).isZero();
  }

  /** A client's fault that cannot be told. */
  private static final class Unspeakable extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("a failure that fails when it is told, in a test");
    }
  }

  @Test
  void whatIsTooLargeToBeTakenIsRefusedAlone() throws InterruptedException {
    transport.room = 10;
    stream.start(WINDOW);
    stream.onNext(Requests.message("id", Requests.of(Requests.chain(6))));
    assertThat(transport.end).isNull();
    assertThat(estimated.availablePermits()).isZero();
    send(1);
    assertThat(transport.sent).hasSize(2);
  }

  @Test
  void aStreamOneOfWhoseRequestsCannotBeRefusedEnds() throws InterruptedException {
    stream.start(WINDOW);
    stream.onNext(Requests.message("id", Requests.named("unspeakable")));
    pool.shutdown();
    assertThat(pool.awaitTermination(30)).isTrue();
    assertThat(transport.end.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(ended).containsExactly(stream);
  }
}
