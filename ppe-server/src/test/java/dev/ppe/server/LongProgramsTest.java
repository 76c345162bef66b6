package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import io.grpc.Context;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However many workers there are, one of them is at a long program. */
class LongProgramsTest {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch pair = new CountDownLatch(2);
  private final BlockingQueue<String> asking = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private final SimulationPool pool =
      new SimulationPool(
          this::work,
          new Admission(
              new Admission.Limits(3, 0, 10, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)));

  /**
   * What is called long is at a long program, until the gate opens; two that are called a pair end
   * when both are worked on.
   */
  private void work(Job job) {
    String name = job.request().getModelName();
    if (name.startsWith("long")) {
      asking.add(name);
      job.beforeLongProgram();
      job.beforeLongProgram(); // the one that uploads parameters, too
      begun.add(name);
      await(gate);
    } else if (name.startsWith("pair")) {
      pair.countDown();
      await(pair);
    }
    job.answer(Requests.answerTo(job.request()).toByteArray(), CacheStatus.COMPUTED);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void stop() {
    gate.countDown();
    pool.shutdown();
  }

  private void submit(String name) {
    pool.submit(
        Requests.origin(Requests.named(name), 1, true),
        new ToldClient.Client() {
          @Override
          public Runnable accept(byte[] response, CacheStatus status) {
            return () -> ends.add(name);
          }

          @Override
          public void failed(Throwable failure) {
            ends.add(name + " failed");
          }
        });
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    return String.valueOf(queue.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void othersWaitAndShortOnesDoNot() throws Exception {
    submit("long 1");
    assertThat(next(begun)).isEqualTo("long 1");
    submit("long 2");
    assertThat(next(asking)).isEqualTo("long 1");
    assertThat(next(asking)).isEqualTo("long 2");
    submit("short");
    assertThat(next(ends)).isEqualTo("short");
    assertThat(begun).isEmpty();

    gate.countDown();
    assertThat(next(begun)).isEqualTo("long 2");
    assertThat(next(ends)).isEqualTo("long 1");
    assertThat(next(ends)).isEqualTo("long 2");
  }

  @Test
  void whoWouldLeaveNoWorkerToOthersIsRefused() throws Exception {
    submit("long 1");
    assertThat(next(begun)).isEqualTo("long 1");
    submit("long 2");
    assertThat(next(asking)).isEqualTo("long 1");
    assertThat(next(asking)).isEqualTo("long 2");
    submit("long 3");
    assertThat(next(ends)).startsWith("long").endsWith("failed"); // whichever came last
    submit("short");
    assertThat(next(ends)).isEqualTo("short");
  }

  @Test
  void whoIsNotWantedAnyMoreWaitsNoLonger() throws Exception {
    submit("long 1");
    assertThat(next(begun)).isEqualTo("long 1");
    Context.CancellableContext call = Context.current().withCancellation();
    call.run(() -> submit("long 2"));
    assertThat(next(asking)).isEqualTo("long 1");
    assertThat(next(asking)).isEqualTo("long 2");
    call.cancel(new IllegalStateException("in a test"));

    submit("pair 1"); // of three workers, two are free again
    submit("pair 2");
    assertThat(next(ends)).startsWith("pair");
    assertThat(next(ends)).startsWith("pair");
    gate.countDown();
    assertThat(next(ends)).isEqualTo("long 1");
    pool.shutdown();
    assertThat(pool.awaitTermination(30)).isTrue();
    assertThat(begun).isEmpty();
    assertThat(ends).isEmpty();
  }

  @Test
  void aProgramSaysWhenItGrowsLong() {
    AtomicInteger told = new AtomicInteger();
    Interruption counting =
        new Interruption() {
          @Override
          public void check() {}

          @Override
          public void beforeLongProgram() {
            told.incrementAndGet();
          }
        };
    Accelerator accelerator = Presets.get("coral-usb");
    PerformanceEvaluator.evaluate(Requests.chain(1_000), accelerator, Fidelity.CYCLE, counting);
    assertThat(told).hasValue(0);
    PerformanceEvaluator.evaluate(Requests.chain(15_000), accelerator, Fidelity.CYCLE, counting);
    assertThat(told).hasValue(1);
  }
}
