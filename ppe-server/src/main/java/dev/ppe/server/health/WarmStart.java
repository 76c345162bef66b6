package dev.ppe.server.health;

import dev.ppe.wire.Estimator;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warms a server up beside the calls that it takes already, and then says that it is ready. */
public final class WarmStart {
  private static final Logger log = LoggerFactory.getLogger(WarmStart.class);

  /** Where the warm-up takes place. */
  public interface Stage extends Estimator, AutoCloseable {
    @Override
    void close();
  }

  private final Readiness readiness;
  private final CountDownLatch over = new CountDownLatch(1);

  /** A start that {@code readiness} hears of. */
  public WarmStart(Readiness readiness) {
    this.readiness = readiness;
  }

  /** Begins, for {@code time} at most; without any, the server is ready at once. */
  public void begin(Supplier<Stage> stage, Duration time) {
    if (time.isZero()) {
      ready();
    } else {
      Thread.ofPlatform().name("warm-up").daemon().start(() -> warmUp(stage, time));
    }
  }

  /** Waits until the server is ready, or has been told to end before. */
  public void await() throws InterruptedException {
    over.await();
  }

  private void warmUp(Supplier<Stage> stages, Duration time) {
    try (Stage stage = stages.get()) {
      long start = System.nanoTime();
      int rounds = new WarmUp(stage).run(time, () -> readiness.state() != Readiness.State.STARTING);
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
