package dev.ppe.distribution.failures;

import java.io.IOException;
import java.util.List;

/** What replicas have answered. */
final class Work {
  private static final String ANSWERS = "ppe_request_seconds_count";
  private static final int FEW = 20;

  private Work() {}

  /** Waits until each replica has answered some more requests. */
  static void awaitAt(List<ServerProcess> servers) throws IOException, InterruptedException {
    for (ServerProcess server : servers) {
      double before = server.metric(ANSWERS, "\"OK\"");
      server.await("at work", () -> server.metric(ANSWERS, "\"OK\"") >= before + FEW);
    }
  }
}
