package dev.ppe.client;

import dev.ppe.v1.EstimateRequest;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Outcomes in the order of their inputs. A thread of its own reads inputs and asks, as long as
 * there is room: at most {@link Estimating#width} are under way, and at most {@link #AHEAD} times
 * as many are under way or wait for one before them, so neither inputs nor answers pile up.
 */
final class OrderedEstimates<T> implements Iterator<Outcome<T>> {
  private static final int AHEAD = 4;

  private final Estimating estimating;
  private final Function<? super T, EstimateRequest> request;
  private final Consumer<Progress> progress;
  private final Gate underWay;
  private final Gate ahead;
  private final BlockingQueue<Entry<T>> entries = new LinkedBlockingQueue<>();
  private final long start = System.nanoTime();
  private final Thread reader;
  private Optional<Entry<T>> next = Optional.empty();
  private volatile boolean closed;
  private long answered;
  private long failed;

  /** What the reader has come to. */
  private sealed interface Entry<T> {
    record Asked<T>(OutcomeFuture<T> future) implements Entry<T> {}

    record End<T>() implements Entry<T> {}

    /** The inputs cannot be read any further. */
    record Broken<T>(Throwable reason) implements Entry<T> {}
  }

  private OrderedEstimates(
      Estimating estimating,
      Stream<? extends T> inputs,
      Function<? super T, EstimateRequest> request,
      Consumer<Progress> progress) {
    this.estimating = estimating;
    this.request = request;
    this.progress = progress;
    this.underWay = new Gate(estimating::width);
    this.ahead = new Gate(() -> AHEAD * estimating.width());
    this.reader = Thread.ofPlatform().daemon().name("ppe-inputs").unstarted(() -> read(inputs));
  }

  /** The outcomes as a stream, which gives up what is under way when it is closed. */
  static <T> Stream<Outcome<T>> of(
      Estimating estimating,
      Stream<? extends T> inputs,
      Function<? super T, EstimateRequest> request,
      Consumer<Progress> progress) {
    OrderedEstimates<T> outcomes = new OrderedEstimates<>(estimating, inputs, request, progress);
    outcomes.reader.start();
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                outcomes, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
            false)
        .onClose(outcomes::close);
  }

  private void read(Stream<? extends T> inputs) {
    try (inputs) {
      Iterator<? extends T> iterator = inputs.iterator();
      for (long index = 0; !closed; index++) {
        ahead.enter();
        underWay.enter(); // before the input is read: no more are held than have room
        if (!iterator.hasNext()) {
          break;
        }
        OutcomeFuture<T> future = OutcomeFuture.begin(estimating, index, iterator.next(), request);
        entries.add(new Entry.Asked<>(future));
        CompletableFuture<?> unused =
            future.call().whenComplete((response, failure) -> underWay.leave());
        if (closed) {
          future.cancel();
        }
      }
      entries.add(new Entry.End<>());
    } catch (InterruptedException e) {
      entries.add(new Entry.End<>()); // closed: nobody reads on
    } catch (RuntimeException | Error e) {
      entries.add(new Entry.Broken<>(e));
    }
  }

  @Override
  public boolean hasNext() {
    return switch (peek()) {
      case Entry.Asked<T> asked -> true;
      case Entry.End<T> end -> false;
      case Entry.Broken<T>(Throwable reason) -> throw Thrown.again(reason);
    };
  }

  @Override
  public Outcome<T> next() {
    if (!hasNext() || !(peek() instanceof Entry.Asked<T>(OutcomeFuture<T> future))) {
      throw new NoSuchElementException();
    }
    Outcome<T> outcome = await(future);
    next = Optional.empty();
    ahead.leave();
    switch (outcome) {
      case Outcome.Answer<T> answer -> answered++;
      case Outcome.Failure<T> failure -> failed++;
    }
    progress.accept(new Progress(answered, failed, Duration.ofNanos(System.nanoTime() - start)));
    return outcome;
  }

  private Entry<T> peek() {
    if (next.isEmpty()) {
      try {
        next = Optional.of(entries.take());
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    return next.orElseThrow();
  }

  private Outcome<T> await(OutcomeFuture<T> future) {
    try {
      return future.outcome().get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause()); // outcomes hold failures, and have none
    }
  }

  private PpeException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    close();
    return new PpeException(Code.CANCELLED, "interrupted", e);
  }

  private void close() {
    closed = true;
    reader.interrupt();
    for (Entry<T> entry : entries) {
      if (entry instanceof Entry.Asked<T>(OutcomeFuture<T> future)) {
        future.cancel();
      }
    }
    next.ifPresent(
        entry -> {
          if (entry instanceof Entry.Asked<T>(OutcomeFuture<T> future)) {
            future.cancel();
          }
        });
  }
}
