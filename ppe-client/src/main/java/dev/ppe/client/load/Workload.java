package dev.ppe.client.load;

import dev.ppe.simulator.validation.subject.SearchSpaces;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.GraphCodec;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Requests that differ from each other; they are sent in turn. */
public final class Workload {
  private final int size;
  private final IntFunction<EstimateRequest> requests;

  private Workload(int size, IntFunction<EstimateRequest> requests) {
    if (size < 1) {
      throw new IllegalArgumentException("a workload has at least one request");
    }
    this.size = size;
    this.requests = requests;
  }

  /** These requests. */
  public static Workload of(List<EstimateRequest> requests) {
    return new Workload(requests.size(), List.copyOf(requests)::get);
  }

  /** Requests that are made when they are needed: the same for the same number. */
  public static Workload of(int size, IntFunction<EstimateRequest> requests) {
    return new Workload(size, requests);
  }

  /**
   * Networks that no cache has seen: chains of inverted bottlenecks, as searches try them.
   *
   * @param count how many; all of them differ
   * @param seed another one gives others
   * @param options a request without a model
   */
  public static Workload candidates(int count, long seed, EstimateRequest options) {
    long first = new SplittableRandom(seed).nextLong();
    return new Workload(
        count,
        index ->
            options.toBuilder()
                .setModelName("candidate-" + index)
                .setGraph(GraphCodec.encode(SearchSpaces.bottlenecks(first + index)))
                .build());
  }

  /** How many requests there are. */
  public int size() {
    return size;
  }

  /** One of them, from 0 to {@link #size} - 1; the same each time. */
  public EstimateRequest request(int index) {
    return requests.apply(index);
  }
}
