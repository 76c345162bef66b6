package dev.ppe.distribution.failures;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Healthy clients alone at the first server: what is normal. */
record Quiet() implements Scenario {
  @Override
  public String name() {
    return "normal";
  }

  @Override
  public List<String> run(List<ServerProcess> servers, Duration time, RandomGenerator random)
      throws IOException, InterruptedException {
    Cores.apart(servers.getFirst().running());
    Thread.sleep(time);
    return List.of();
  }
}
