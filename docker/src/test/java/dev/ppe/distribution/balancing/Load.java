package dev.ppe.distribution.balancing;

import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import dev.ppe.v1.Fidelity;
import dev.ppe.wire.GraphCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Distinct networks, asked for by several callers at a time. */
final class Load implements AutoCloseable {
  private static final int CALLERS = 8;
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final PpeClient client;
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private final AtomicInteger answered = new AtomicInteger();

  Load(PpeClient client) {
    this.client = client;
  }

  static Duration deadline() {
    return DEADLINE;
  }

  /** The request of a number: another cell of NAS-Bench-201 for each. */
  static EstimateRequest request(int number) {
    return EstimateRequest.newBuilder()
        .setGraph(GraphCodec.encode(Zoo.find("nasbench201/" + number).orElseThrow().graph()))
        .setFidelity(Fidelity.FIDELITY_ANALYTICAL)
        .build();
  }

  /**
   * Asks for all from one number to another. The answers, empty where there was none, are to be
   * waited for.
   */
  List<Future<Optional<EstimateResponse>>> start(int from, int to) {
    List<Future<Optional<EstimateResponse>>> answers = new ArrayList<>();
    for (int number = from; number < to; number++) {
      EstimateRequest request = request(number);
      answers.add(callers.submit(() -> answer(request)));
    }
    return answers;
  }

  private Optional<EstimateResponse> answer(EstimateRequest request) {
    try {
      EstimateResponse response = client.estimate(request);
      answered.incrementAndGet();
      return Optional.of(response);
    } catch (PpeException e) {
      System.err.println("lost: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Waits until so many have been answered in all. */
  void awaitAnswered(int number) throws InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (answered.get() < number) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("only %d answers".formatted(answered.get()));
      }
      Thread.sleep(2);
    }
  }

  @Override
  public void close() {
    callers.shutdownNow();
    client.close();
  }
}
