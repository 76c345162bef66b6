package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.v1.EstimateRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a request took is known once, however many turns it took and whatever became of it. */
class AccountsTest {
  private static final EstimateRequest REQUEST = Requests.small();
  private static final SizeClass SIZE = Requests.unread(REQUEST).size();
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final AtomicLong now = new AtomicLong();
  private final ServiceTimes times = new ServiceTimes();

  /** Does some work for one request, and waits until that is over. */
  private void work(SimulationPool.Work work) throws InterruptedException {
    SimulationPool pool =
        new SimulationPool(
            work,
            new Admission(new Admission.Limits(1, 0, 1, 1, Long.MAX_VALUE, Long.MAX_VALUE)),
            new Accounts(times, now::get));
    pool.submit(
        Requests.origin(REQUEST, 1, true),
        new ToldClient.Client() {
          @Override
          public Runnable accept(byte[] response, CacheStatus status) {
            return () -> {};
          }

          @Override
          public void failed(Throwable failure) {}
        });
    pool.shutdown();
    assertThat(pool.awaitTermination(30)).isTrue();
  }

  private void takes(long millis) {
    now.addAndGet(millis * MILLI);
  }

  private static void answer(Job job) {
    job.answer(Requests.answerTo(REQUEST).toByteArray(), CacheStatus.COMPUTED);
  }

  @Test
  void turnsForOneRequestAddUp() throws Exception {
    work(
        job -> {
          takes(10);
          job.resume(
              () -> {
                takes(30);
                answer(job);
                takes(2);
              });
        });
    assertThat(times.expected(SIZE)).isEqualTo(42 * MILLI);
  }

  @Test
  void whatFailsAfterLongWorkCounts() throws Exception {
    work(
        job -> {
          takes(50);
          throw new IllegalStateException("in a test");
        });
    assertThat(times.expected(SIZE)).isEqualTo(50 * MILLI);
  }

  @Test
  void whatFailsSoonDoesNot() throws Exception {
    times.observed(SIZE, 80 * MILLI);
    work(
        job -> {
          takes(1);
          job.fail(new IllegalArgumentException("in a test"));
        });
    assertThat(times.expected(SIZE)).isEqualTo(80 * MILLI);
  }

  @Test
  void workThatGoesOnForOthersCountsIfItTookLonger() throws Exception {
    times.observed(SIZE, 8 * MILLI);
    work(
        job -> {
          job.fail(new IllegalArgumentException("in a test"));
          job.resume(() -> takes(16));
        });
    assertThat(times.expected(SIZE)).isEqualTo(9 * MILLI);
  }
}
