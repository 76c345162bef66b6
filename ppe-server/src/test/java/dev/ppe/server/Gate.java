package dev.ppe.server;

import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.wire.Estimator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An estimator that works on each request until the gate opens or the request is interrupted. */
final class Gate implements Estimator {
  private final CountDownLatch opened = new CountDownLatch(1);
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore interrupted = new Semaphore(0);

  @Override
  public EstimateResponse estimate(EstimateRequest request, Interruption interruption) {
    begun.release();
    try {
      while (!opened.await(100, TimeUnit.MICROSECONDS)) {
        interruption.check();
      }
    } catch (CancellationException e) {
      interrupted.release();
      throw e;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Requests.answerTo(request);
  }

  void open() {
    opened.countDown();
  }

  /** Waits until that many more requests are in work. */
  void awaitBegun(int requests) throws InterruptedException {
    if (!begun.tryAcquire(requests, 30, TimeUnit.SECONDS)) {
      throw new AssertionError(requests + " requests should have begun");
    }
  }

  /** Waits until that many more requests have been interrupted. */
  void awaitInterrupted(int requests) throws InterruptedException {
    if (!interrupted.tryAcquire(requests, 30, TimeUnit.SECONDS)) {
      throw new AssertionError(requests + " requests should have been interrupted");
    }
  }
}
