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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Short requests while the only worker is at a long one, which is held. */
class PassingTest {
  /** Five seconds each, for all a new pool knows. */
  private static final int LARGE = 1 << 18;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
  private final SimulationPool pool =
      new SimulationPool(
          new DirectEstimates(this::estimate),
          new Admission(new Admission.Limits(1, 1, 100, Long.MAX_VALUE, Long.MAX_VALUE)));

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
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Each name is a client. */
  private CountDownLatch submit(String name, int nodes) {
    Graph graph =
        Graph.newBuilder()
            .addAllNodes(Collections.nCopies(nodes, Node.getDefaultInstance()))
            .build();
    CountDownLatch answered = new CountDownLatch(1);
    EstimateRequest request =
        EstimateRequest.newBuilder().setModelName(name).setGraph(graph).build();
    Job.Client client =
        new Job.Client() {
          @Override
          public void answered(EstimateResponse response, CacheStatus status) {
            answered.countDown();
          }

          @Override
          public void failed(Throwable failure) {
            throw new AssertionError(failure);
          }
        };
    Context.ROOT
        .withValue(ClientIdentity.KEY, ClientIdentity.ofAddress(name))
        .run(() -> pool.submit(new Job.Origin(request, nodes, false), client));
    return answered;
  }

  @Test
  void shortRequestsPassALongOne() {
    CountDownLatch held = submit("long", LARGE);
    for (int i = 0; i < 5; i++) {
      await(submit("short" + i, 1));
    }
    assertThat(held.getCount()).isEqualTo(1);
    gate.countDown();
    await(held);
  }

  @Test
  void aLongRequestDoesNotPassAnother() throws InterruptedException {
    submit("long", LARGE);
    CountDownLatch second = submit("as long", LARGE);
    await(submit("short", 1)); // behind it, but no longer than it is worth
    assertThat(begun).doesNotContain("as long");
    gate.countDown();
    await(second);
    assertThat(begun).containsExactly("long", "short", "as long");
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
