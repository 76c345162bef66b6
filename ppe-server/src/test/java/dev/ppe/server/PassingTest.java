package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.security.ClientIdentity;
import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Graph;
import dev.ppe.v1.Node;
import io.grpc.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Short requests while the only worker is at a long one, which is held. */
class PassingTest {
  private static final int LARGE = 1 << 10;
  private static final int SMALL = 1;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
  private final ServiceTimes times = new ServiceTimes();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final SimulationPool pool =
      new SimulationPool(
          new DirectEstimates(this::estimate),
          new Admission(
              new Admission.Limits(1, 1, 100, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)),
          new Accounts(times, System::nanoTime));

  /** Large requests have taken ten minutes, small ones a millisecond; others were never seen. */
  @BeforeEach
  void learn() {
    times.observed(Requests.unread(request("large", LARGE)).size(), TimeUnit.MINUTES.toNanos(10));
    times.observed(
        Requests.unread(request("small", SMALL)).size(), TimeUnit.MILLISECONDS.toNanos(1));
  }

  private EstimateResponse estimate(EstimateRequest request, Interruption interruption) {
    begun.add(request.getModelName());
    if (request.getGraph().getNodesCount() >= LARGE) {
      await(gate);
    }
    return Requests.answerTo(request);
  }

  @AfterEach
  void stop() {
    gate.countDown();
    pool.shutdown();
    timer.shutdownNow();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static EstimateRequest request(String name, int nodes) {
    return EstimateRequest.newBuilder()
        .setModelName(name)
        .setGraph(
            Graph.newBuilder().addAllNodes(Collections.nCopies(nodes, Node.getDefaultInstance())))
        .build();
  }

  /** Each name is a client. */
  private CountDownLatch submit(String name, int nodes) {
    return submit(name, nodes, Context.ROOT);
  }

  private CountDownLatch submit(String name, int nodes, Context call) {
    EstimateRequest request = request(name, nodes);
    CountDownLatch answered = new CountDownLatch(1);
    ToldClient.Client client =
        new ToldClient.Client() {
          @Override
          public Runnable accept(byte[] response, CacheStatus status) {
            return answered::countDown;
          }

          @Override
          public void failed(Throwable failure) {
            throw new AssertionError(failure);
          }
        };
    call.withValue(ClientIdentity.KEY, ClientIdentity.ofAddress(name))
        .run(() -> pool.submit(Requests.origin(request, nodes, false), client));
    return answered;
  }

  @Test
  void shortRequestsPassALongOne() {
    CountDownLatch held = submit("long", LARGE);
    for (int i = 0; i < 5; i++) {
      await(submit("short" + i, SMALL));
    }
    assertThat(held.getCount()).isEqualTo(1);
  }

  @Test
  void aShortRequestIsNotRefusedForTheTimeOfALongOneThatItPasses() {
    CountDownLatch held = submit("long", LARGE);
    await(submit("due soon", SMALL, Context.ROOT.withDeadlineAfter(60, TimeUnit.SECONDS, timer)));
    assertThat(held.getCount()).isEqualTo(1);
  }

  @Test
  void neitherALongRequestNorOneOfASizeThatWasNeverSeenPasses() {
    submit("long", LARGE);
    CountDownLatch second = submit("as long", LARGE);
    CountDownLatch unknown = submit("unknown", 32);
    await(submit("short", SMALL)); // before both, though they came first
    assertThat(begun).doesNotContain("as long", "unknown").contains("short");
    gate.countDown();
    await(second);
    await(unknown);
  }

  @Test
  void whatWaitsAtTheEndIsDone() throws InterruptedException {
    List<CountDownLatch> all = List.of(submit("long", LARGE), submit("as long", LARGE));
    pool.shutdown();
    gate.countDown();
    assertThat(pool.awaitTermination(60)).isTrue();
    assertThat(all).allSatisfy(answered -> assertThat(answered.getCount()).isZero());
  }
}
