package dev.ppe.client;

import dev.ppe.v1.EstimateRequest;
import io.grpc.Status.Code;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Outcomes as they are ready, to a listener that gets one at a time.
 *
 * <p>Outcomes come in threads that others need for theirs, the network's own. None of them waits
 * for a listener that another one is in: it leaves its outcome there. An outcome makes room as it
 * goes to the listener, so a slow one holds up senders, and neither requests nor outcomes pile up.
 * What the listener itself sends takes its room without waiting: it would wait for itself.
 */
final class UnorderedEstimates implements EstimateStream {
  private final Estimating estimating;
  private final Consumer<Outcome<String>> listener;
  private final Gate underWay;
  private final Gate untold = new Gate(() -> Integer.MAX_VALUE); // counts those without an outcome
  private final Set<OutcomeFuture<String>> futures = ConcurrentHashMap.newKeySet();
  private final Queue<Outcome<String>> ready = new ConcurrentLinkedQueue<>();
  private final AtomicInteger toDeliver = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Optional<Throwable> thrown = Optional.empty();
  private volatile Optional<Thread> inListener = Optional.empty();

  UnorderedEstimates(Estimating estimating, Consumer<Outcome<String>> listener) {
    this.estimating = estimating;
    this.listener = listener;
    this.underWay = new Gate(estimating::width);
  }

  @Override
  public void send(String id, EstimateRequest request) {
    untold.enterAtOnce(); // before the look, so that close() waits for this one or this one sees it
    try {
      if (closed.get()) {
        throw new IllegalStateException("the stream is closed");
      }
      if (isInListener()) {
        underWay.enterAtOnce();
      } else {
        enter();
      }
    } catch (RuntimeException e) {
      untold.leave();
      throw e;
    }
    OutcomeFuture<String> future =
        OutcomeFuture.begin(estimating, sent.getAndIncrement(), id, ignored -> request);
    futures.add(future);
    CompletableFuture<?> unused =
        future
            .outcome()
            .whenComplete(
                (outcome, never) -> {
                  futures.remove(future);
                  deliver(outcome);
                });
  }

  private void enter() {
    try {
      underWay.enter();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** One thread at a time tells, for all; within the listener nobody does. */
  private void deliver(Outcome<String> outcome) {
    ready.add(outcome);
    if (toDeliver.getAndIncrement() > 0) {
      return;
    }
    do {
      underWay.leave();
      tell(ready.remove()); // nobody else takes from it
      untold.leave();
    } while (toDeliver.decrementAndGet() > 0);
  }

  private void tell(Outcome<String> outcome) {
    inListener = Optional.of(Thread.currentThread());
    try {
      listener.accept(outcome);
    } catch (RuntimeException | Error e) {
      thrown = thrown.or(() -> Optional.of(e));
    } finally {
      inListener = Optional.empty();
    }
  }

  private boolean isInListener() {
    return inListener.filter(Thread.currentThread()::equals).isPresent();
  }

  @Override
  public void close() {
    closed.set(true);
    if (isInListener()) {
      return; // its own outcome is one of those to wait for
    }
    try {
      untold.awaitEmpty();
    } catch (InterruptedException e) {
      futures.forEach(OutcomeFuture::cancel);
      throw interrupted(e);
    }
    Optional<Throwable> first = thrown;
    thrown = Optional.empty(); // to close it again is no mistake
    if (first.isPresent()) {
      throw Thrown.again(first.get());
    }
  }

  private static PpeException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new PpeException(Code.CANCELLED, "interrupted", e);
  }
}
