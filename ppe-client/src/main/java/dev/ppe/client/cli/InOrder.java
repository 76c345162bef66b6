package dev.ppe.client.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Works on items side by side and hands over the results in the items' order, each as soon as it is
 * its turn. Work runs ahead of the results taken by a bounded number of items.
 */
final class InOrder {
  private InOrder() {}

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
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.min(width, items.size()), Thread.ofPlatform().daemon().factory());
    try {
      Deque<Future<R>> ahead = new ArrayDeque<>();
      Iterator<T> rest = items.iterator();
      while (rest.hasNext() || !ahead.isEmpty()) {
        while (rest.hasNext() && ahead.size() < 2 * width) {
          T item = rest.next();
          ahead.add(workers.submit(() -> work.apply(item)));
        }
        if (!taker.test(result(ahead.remove()))) {
          return;
        }
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static <R> R result(Future<R> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
