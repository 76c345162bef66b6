package dev.ppe.server;

import dev.ppe.server.security.ClientIdentity;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which calls are read, refused and begun: a fixed number. The steps of one client's
 * calls are taken in the order in which they came, those of several clients by turns, so that a
 * step waits for one step of each other client at most, however many they have. A client here is
 * whoever is at the other end of the connection; what a call's token says is not known yet.
 */
final class CallThreads implements ServerCallExecutorSupplier, AutoCloseable {
  private final ExecutorService threads;

  /** What waits of each client that has something waiting. */
  private final Map<ClientIdentity, Queue<Runnable>> waiting = new HashMap<>();

  /** The clients of {@link #waiting}, the next first. */
  private final Queue<ClientIdentity> turns = new ArrayDeque<>();

  /** Starts the threads as they are needed. */
  CallThreads(int count) {
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            count, work -> new Thread(work, "call-" + number.incrementAndGet()));
  }

  /** For what belongs to no call yet. */
  Executor executor() {
    return threads;
  }

  @Override
  public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
    return of(ClientIdentity.of(call.getAttributes()));
  }

  /** Where a client's steps are taken. */
  Executor of(ClientIdentity client) {
    return step -> {
      add(client, step);
      threads.execute(this::takeNext); // as many turns as there are steps
    };
  }

  private void takeNext() {
    poll().ifPresent(Runnable::run);
  }

  private synchronized void add(ClientIdentity client, Runnable step) {
    Queue<Runnable> own = waiting.get(client);
    if (own == null) {
      own = new ArrayDeque<>();
      waiting.put(client, own);
      turns.add(client);
    }
    own.add(step);
  }

  private synchronized Optional<Runnable> poll() {
    ClientIdentity client = turns.poll();
    if (client == null) {
      return Optional.empty();
    }
    Queue<Runnable> own = waiting.get(client);
    Optional<Runnable> next = Optional.ofNullable(own).map(Queue::poll);
    if (own == null || own.isEmpty()) {
      waiting.remove(client);
    } else {
      turns.add(client);
    }
    return next;
  }

  /** Takes no more steps; those that wait are taken. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
