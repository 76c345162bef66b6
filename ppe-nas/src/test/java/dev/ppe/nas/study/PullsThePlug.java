package dev.ppe.nas.study;

import dev.ppe.client.PpeClient;
import dev.ppe.nas.evaluate.CostService;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.v1.EstimateResponse;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Answers so many times, with this version of the simulator, and then breaks down. */
final class PullsThePlug implements CostService, AutoCloseable {
  private final PpeClient client = Studies.client();
  private final AtomicLong left;
  private final String version;
  private final ConcurrentLinkedQueue<EstimateRequest> asked = new ConcurrentLinkedQueue<>();

  PullsThePlug(long answers, String version) {
    left = new AtomicLong(answers);
    this.version = version;
  }

  static PullsThePlug after(long answers) {
    return new PullsThePlug(answers, "1");
  }

  static PullsThePlug never() {
    return after(Long.MAX_VALUE);
  }

  /** What was answered. */
  List<EstimateRequest> asked() {
    return List.copyOf(asked);
  }

  @Override
  public EstimateResponse estimate(EstimateRequest request) {
    if (left.getAndDecrement() <= 0) {
      throw new IllegalStateException("the plug is pulled");
    }
    asked.add(request);
    return client.estimate(request).toBuilder().setSimulatorVersion(version).build();
  }

  @Override
  public void close() {
    client.close();
  }
}
