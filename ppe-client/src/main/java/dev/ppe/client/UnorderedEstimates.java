package dev.ppe.client;

import dev.ppe.v1.EstimateRequest;
import io.grpc.Status.Code;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Outcomes as they are ready, to a listener that gets one at a time. */
final class UnorderedEstimates implements EstimateStream {
  private final Estimating estimating;
  private final Consumer<Outcome<String>> listener;
  private final Gate underWay;
  private final Set<OutcomeFuture<String>> futures = ConcurrentHashMap.newKeySet();
  private final ReentrantLock delivery = new ReentrantLock();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();

  UnorderedEstimates(Estimating estimating, Consumer<Outcome<String>> listener) {
    this.estimating = estimating;
    this.listener = listener;
    this.underWay = new Gate(estimating::width);
  }

  @Override
  public void send(String id, EstimateRequest request) {
    if (closed.get()) {
      throw new IllegalStateException("the stream is closed");
    }
    try {
      underWay.enter();
    } catch (InterruptedException e) {
      throw interrupted(e);
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

  private void deliver(Outcome<String> outcome) {
    delivery.lock();
    try {
      listener.accept(outcome);
    } finally {
      delivery.unlock();
      underWay.leave();
    }
  }

  @Override
  public void close() {
    closed.set(true);
    try {
      underWay.awaitEmpty();
    } catch (InterruptedException e) {
      futures.forEach(OutcomeFuture::cancel);
      throw interrupted(e);
    }
  }

  private static PpeException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new PpeException(Code.CANCELLED, "interrupted", e);
  }
}
