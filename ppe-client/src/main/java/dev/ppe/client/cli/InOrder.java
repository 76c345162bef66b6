package dev.ppe.client.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Works on items side by side and hands over the results in the items' order, each as soon as it is
 * its turn. Work runs ahead of the results taken by a bounded number of items.
 */
final class InOrder<T, R> implements Iterator<R>, AutoCloseable {
  private final Iterator<T> rest;
  private final int width;
  private final Function<T, R> work;
  private final ExecutorService workers;
  private final Deque<Future<R>> ahead = new ArrayDeque<>();

  private InOrder(List<T> items, int width, Function<T, R> work) {
    this.rest = items.iterator();
    this.width = width;
    this.work = work;
    this.workers =
        Executors.newFixedThreadPool(
            Math.min(width, items.size()), Thread.ofPlatform().daemon().factory());
  }

  /**
   * Works on all items, or on fewer if {@code taker} has had enough.
   *
   * @param width how many items are worked on at a time; with one no thread is started
   * @param work what makes an item a result; failures are results too
   * @param taker gets the results, in the calling thread; false ends the work
   */
  static <T, R> void run(List<T> items, int width, Function<T, R> work, Predicate<R> taker) {
    if (Math.min(width, items.size()) <= 1) {
      for (T item : items) {
        if (!taker.test(work.apply(item))) {
          return;
        }
      }
      return;
    }
    try (InOrder<T, R> results = new InOrder<>(items, width, work)) {
      while (results.hasNext()) {
        if (!taker.test(results.next())) {
          return;
        }
      }
    }
  }

  /** The results as a stream, to be closed. */
  static <T, R> Stream<R> stream(List<T> items, int width, Function<T, R> work) {
    if (Math.min(width, items.size()) <= 1) {
      return items.stream().map(work);
    }
    InOrder<T, R> results = new InOrder<>(items, width, work);
    return StreamSupport.stream(
            Spliterators.spliterator(
                results, items.size(), Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(results::close);
  }

  @Override
  public boolean hasNext() {
    return rest.hasNext() || !ahead.isEmpty();
  }

  @Override
  public R next() {
    while (rest.hasNext() && ahead.size() < 2 * width) {
      T item = rest.next();
      ahead.add(workers.submit(() -> work.apply(item)));
    }
    return result(ahead.remove());
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }

  private static <R> R result(Future<R> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error; // such as too little memory, which has words of its own
      }
      throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
