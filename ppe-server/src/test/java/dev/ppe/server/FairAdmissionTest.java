package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import dev.ppe.server.security.ClientIdentity;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.Graph;
import dev.ppe.v1.Node;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pool takes and refuses, and in which order it works, with one worker that is held up. */
class FairAdmissionTest {
  private static final int CAPACITY = 8;
  private static final long MAX_BYTES = 1L << 30;

  /** A second and a third each, for all a new pool knows. */
  private static final int LARGE = 1 << 16;

  /** 82 milliseconds. */
  private static final int BETWEEN_THE_LIMITS = 1 << 12;

  /** 21 seconds. */
  private static final int HUGE = 1 << 20;

  private final Gate gate = new Gate();
  private final SimulationPool pool =
      new SimulationPool(
          new DirectEstimates(gate),
          new Admission(
              new Admission.Limits(
                  1,
                  0,
                  CAPACITY,
                  MAX_BYTES,
                  TimeUnit.MILLISECONDS.toNanos(100),
                  TimeUnit.MILLISECONDS.toNanos(50))));
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> answered = new ArrayList<>();
  private final Map<String, Throwable> failed = new HashMap<>();

  @AfterEach
  void stop() {
    pool.shutdown();
    timer.shutdownNow();
  }

  /** Submits a request of a client; its refusal counts as a failure. */
  private void submit(String client, EstimateRequest request, Context call, boolean wholeCall) {
    String name = request.getModelName();
    Context identified = call.withValue(ClientIdentity.KEY, ClientIdentity.ofAddress(client));
    identified.run(
        () -> {
          try {
            pool.submit(
                Requests.origin(request, request.getSerializedSize(), wholeCall), new Named(name));
          } catch (RuntimeException refused) {
            fail(name, refused);
          }
        });
  }

  private void submit(String client, String name) {
    submit(client, Requests.named(name), Context.ROOT, false);
  }

  /** A request that looks like work. The gate does not look at it. */
  private static EstimateRequest ofNodes(int nodes, String name) {
    return EstimateRequest.newBuilder()
        .setModelName(name)
        .setGraph(
            Graph.newBuilder().addAllNodes(Collections.nCopies(nodes, Node.getDefaultInstance())))
        .build();
  }

  private synchronized void fail(String name, Throwable failure) {
    failed.put(name, failure);
  }

  private final class Named implements ToldClient.Client {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public Runnable accept(byte[] response, CacheStatus status) {
      return () -> {
        synchronized (FairAdmissionTest.this) {
          answered.add(name);
        }
      };
    }

    @Override
    public void failed(Throwable failure) {
      fail(name, failure);
    }
  }

  /** Lets the worker go on until there is nothing left. Returns what was answered, in order. */
  private List<String> workOff() throws InterruptedException {
    gate.open();
    pool.shutdown();
    assertThat(pool.awaitTermination(30)).isTrue();
    synchronized (this) {
      return List.copyOf(answered);
    }
  }

  private void holdUpTheWorker() throws InterruptedException {
    submit("somebody", "held up");
    gate.awaitBegun(1);
  }

  private CancellableContext deadline(long seconds) {
    return Context.ROOT.withDeadlineAfter(seconds, TimeUnit.SECONDS, timer);
  }

  private Status refusal(String name) {
    return Status.fromThrowable(failed.get(name));
  }

  private RetryInfo hint(String name) throws InvalidProtocolBufferException {
    return StatusProto.fromThrowable(failed.get(name)).getDetails(0).unpack(RetryInfo.class);
  }

  @Test
  void whoIsDueFirstIsWorkedOnFirst() throws Exception {
    holdUpTheWorker();
    submit("a", Requests.named("whenever"), Context.ROOT, true);
    submit("a", Requests.named("in 50 s"), deadline(50), true);
    submit("a", Requests.named("in 40 s"), deadline(40), true);
    assertThat(workOff()).containsExactly("held up", "in 40 s", "in 50 s", "whenever");
  }

  @Test
  void aGreedyClientDoesNotKeepTheOthersOut() throws Exception {
    holdUpTheWorker();
    for (int i = 0; i < CAPACITY; i++) {
      submit("greedy", "greedy" + i);
    }
    submit("modest", "modest0");
    submit("modest", "modest1");
    assertThat(refusal("greedy7").getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refusal("greedy6").getDescription()).contains("other clients have fewer");
    assertThat(hint("greedy7").hasRetryDelay()).isTrue();
    assertThat(pool.statistics().refused().pushedOut()).isEqualTo(2);
    assertThat(workOff().subList(1, 3)).contains("modest0");
    assertThat(answered).hasSize(1 + CAPACITY).contains("modest1");
  }

  private static Context callOf(String client) {
    return Context.ROOT.withValue(ClientIdentity.KEY, ClientIdentity.ofAddress(client));
  }

  @Test
  void aRequestThatHasNoRoomEvenSoPushesNobodyOut() throws Exception {
    holdUpTheWorker();
    Job.Origin giant = Requests.origin(Requests.small(), MAX_BYTES, true);
    callOf("greedy").run(() -> pool.submit(giant, new Named("greedy giant")));
    for (int i = 1; i < CAPACITY; i++) {
      submit("greedy", "greedy" + i);
    }
    Throwable refused =
        catchThrowable(() -> callOf("modest").run(() -> pool.submit(giant, new Named("giant"))));
    assertThat(Status.fromThrowable(refused).getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(failed).isEmpty();
    assertThat(pool.statistics().refused().pushedOut()).isZero();
    assertThat(pool.statistics().refused().full()).isEqualTo(1);
    assertThat(workOff()).hasSize(1 + CAPACITY);
  }

  @Test
  void aGreedyClientIsRefusedWhenItIsTheOneWithTheMost() throws Exception {
    holdUpTheWorker();
    for (int i = 0; i < CAPACITY + 3; i++) {
      submit("greedy", "greedy" + i);
    }
    assertThat(failed).containsOnlyKeys("greedy8", "greedy9", "greedy10");
    assertThat(refusal("greedy8").getDescription()).contains("requests are waiting");
    assertThat(workOff()).hasSize(1 + CAPACITY);
  }

  @Test
  void whatCannotBeDoneByItsDeadlineIsRefusedAtOnce() throws Exception {
    holdUpTheWorker();
    submit("a", ofNodes(HUGE, "hopeless"), deadline(10), true);
    assertThat(refusal("hopeless").getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refusal("hopeless").getDescription()).contains("its deadline is in");
    assertThat(hint("hopeless").hasRetryDelay()).isTrue();
    assertThat(pool.statistics().refused().late()).isEqualTo(1);
    submit("a", ofNodes(HUGE, "patient"), deadline(600), true);
    assertThat(workOff()).containsExactly("held up", "patient");
  }

  @Test
  void anIdleServerTriesWhatItTakesForHopeless() throws Exception {
    gate.open();
    submit("a", ofNodes(HUGE, "hopeless"), deadline(10), true);
    assertThat(workOff()).containsExactly("hopeless");
  }

  @Test
  void theHintIsTheTimeInWhichHalfOfWhatWaitsIsDone() throws Exception {
    holdUpTheWorker();
    for (int i = 0; i < CAPACITY; i++) {
      submit("a", ofNodes(LARGE, "large" + i), Context.ROOT, false);
    }
    submit("a", "last");
    long expected = CAPACITY * LARGE * ServiceTimes.NANOS_PER_NODE / 2;
    long held = 2 * ServiceTimes.NANOS_PER_NODE; // may still be expected of the worker
    assertThat(Durations.toNanos(hint("last").getRetryDelay()))
        .isBetween(expected, expected + held);
    workOff();
  }

  @Test
  void whatWouldWaitForTooLongIsRefusedUnlessItIsTheOnlyOne() throws Exception {
    holdUpTheWorker();
    submit("a", ofNodes(HUGE, "first"), Context.ROOT, true);
    submit("b", ofNodes(HUGE, "only one"), Context.ROOT, true);
    submit("a", ofNodes(HUGE, "second"), Context.ROOT, true);
    submit("a", ofNodes(HUGE, "in a stream"), Context.ROOT, false);
    assertThat(failed).containsOnlyKeys("second");
    assertThat(refusal("second").getDescription()).contains("would wait for about");
    assertThat(pool.statistics().refused().slow()).isEqualTo(1);
    assertThat(workOff()).hasSize(4);
  }

  @Test
  void aQueueThatStandsIsToBeShorterThanABurst() throws Exception {
    holdUpTheWorker();
    submit("a", ofNodes(BETWEEN_THE_LIMITS, "first"), Context.ROOT, true);
    submit("a", Requests.named("burst"), Context.ROOT, true);
    long hopeful = IntStream.range(0, 500).filter(i -> hasHope("a")).count();
    assertThat(hopeful).isBetween(100L, 200L);
    submit("b", ofNodes(BETWEEN_THE_LIMITS / 2, "another's"), Context.ROOT, true);
    submit("b", Requests.named("another's burst"), Context.ROOT, true);
    submit("a", Requests.named("standing"), Context.ROOT, true);
    assertThat(failed).containsOnlyKeys("standing");
    assertThat(refusal("standing").getDescription()).contains("would wait for about");
    assertThat(workOff()).hasSize(5);
  }

  private boolean hasHope(String client) {
    Context call = Context.ROOT.withValue(ClientIdentity.KEY, ClientIdentity.ofAddress(client));
    try {
      return call.call(() -> pool.requireHope(1)) > 0;
    } catch (Exception refused) {
      return false;
    }
  }

  @Test
  void aCallThatEndsGivesItsPlaceToOthers() throws Exception {
    holdUpTheWorker();
    CancellableContext call = Context.ROOT.withCancellation();
    for (int i = 0; i < CAPACITY; i++) {
      submit("a", Requests.named("gone" + i), call, true);
    }
    submit("a", "too many");
    call.cancel(null);
    submit("a", "fits");
    assertThat(pool.statistics().waiting()).isEqualTo(1);
    assertThat(workOff()).containsExactly("held up", "fits");
    assertThat(failed).containsOnlyKeys("too many");
  }

  @Test
  void aCallThatHasEndedIsNotTaken() {
    CancellableContext call = Context.ROOT.withCancellation();
    call.cancel(null);
    Throwable refused =
        catchThrowable(
            () ->
                call.run(
                    () ->
                        pool.submit(
                            Requests.origin(Requests.small(), 1, true), new Named("dead"))));
    assertThat(refused).isInstanceOf(CancellationException.class);
  }
}
