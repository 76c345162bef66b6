package dev.ppe.server;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which calls are read, refused and begun: a fixed number. The steps of one client's
 * calls are taken in the order in which they came, those of several clients by turns, so that a
 * step waits for one step of each other client at most, however many they have. A client here is
 * whoever is at the other end of the connection; what a call's token says is not known yet.
 */
final class CallThreads implements ServerCallExecutorSupplier, AutoCloseable {
  private final ExecutorService threads;

  /** Takes calls that have no client yet, and ends those that were taken back; is never long. */
  private final ExecutorService door =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "call-door"));

  /** What waits of one client. */
  private record Share(ClientIdentity client, Deque<Runnable> steps) {}

  /** Of each client that has something waiting. */
  private final Map<ClientIdentity, Share> waiting = new HashMap<>();

  /** The same, the next first. */
  private final Queue<Share> turns = new ArrayDeque<>();

  /** Starts the threads as they are needed. */
  CallThreads(int count) {
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            count, work -> new Thread(work, "call-" + number.incrementAndGet()));
  }

  /** For the first step of each call, which looks its method up, and for its being taken back. */
  Executor door() {
    return door;
  }

  @Override
  public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
    return of(ClientIdentity.of(call.getAttributes()));
  }

  /** Where a client's steps are taken. */
  Executor of(ClientIdentity client) {
    return step -> {
      add(client, step);
      try {
        threads.execute(this::takeNext); // as many turns as there are steps
      } catch (RejectedExecutionException closed) {
        takeOut(client, step);
        throw closed;
      }
    };
  }

  private void takeNext() {
    poll().ifPresent(Runnable::run);
  }

  private synchronized void add(ClientIdentity client, Runnable step) {
    waiting.computeIfAbsent(client, this::newShare).steps().add(step);
  }

  private Share newShare(ClientIdentity client) {
    Share share = new Share(client, new ArrayDeque<>());
    turns.add(share);
    return share;
  }

  private synchronized void takeOut(ClientIdentity client, Runnable step) {
    Share share = waiting.get(client);
    if (share != null) {
      share.steps().removeLastOccurrence(step); // none left is no turn, either
    }
  }

  private synchronized Optional<Runnable> poll() {
    Share share = turns.poll();
    if (share == null) {
      return Optional.empty();
    }
    Optional<Runnable> step = Optional.ofNullable(share.steps().poll());
    if (share.steps().isEmpty()) {
      waiting.remove(share.client());
    } else {
      turns.add(share);
    }
    return step;
  }

  /** Takes no more steps; those that wait are taken. */
  @Override
  public void close() {
    door.shutdown();
    threads.shutdown();
  }
}
