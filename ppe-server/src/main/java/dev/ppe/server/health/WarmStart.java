package dev.ppe.server.health;

import dev.ppe.wire.Estimator;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warms a server up beside the calls that it takes already, and then says that it is ready. */
public final class WarmStart {
  private static final Logger log = LoggerFactory.getLogger(WarmStart.class);

  private final Readiness readiness;
  private final CountDownLatch over = new CountDownLatch(1);

  /** A start that {@code readiness} hears of. */
  public WarmStart(Readiness readiness) {
    this.readiness = readiness;
  }

  /** Begins, for {@code time} at most; without any, the server is ready at once. */
  public void begin(Estimator estimator, Duration time) {
    if (time.isZero()) {
      ready();
    } else {
      Thread.ofPlatform().name("warm-up").daemon().start(() -> warmUp(estimator, time));
    }
  }

  /** Waits until the server is ready, or has been told to end before. */
  public void await() throws InterruptedException {
    over.await();
  }

  private void warmUp(Estimator estimator, Duration time) {
    try {
      long start = System.nanoTime();
      int rounds =
          new WarmUp(estimator).run(time, () -> readiness.state() != Readiness.State.STARTING);
      log.debug("warm after {} rounds, {} ms", rounds, (System.nanoTime() - start) / 1_000_000);
    } catch (Throwable e) { // the server answers all the same, though more slowly at first
      log.warn("warming up failed", e);
    } finally {
      ready();
    }
  }

  private void ready() {
    readiness.ready();
    over.countDown();
  }
}
