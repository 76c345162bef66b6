package dev.ppe.distribution.failures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Every replica in turn is told to end (SIGTERM), comes back, and is ready before the next goes.
 */
final class RollingRestart implements Scenario {
  @Override
  public String name() {
    return "replicas rolled";
  }

  @Override
  public boolean concernsReplicas() {
    return true;
  }

  @Override
  public List<String> run(List<ServerProcess> servers, Duration time, RandomGenerator random)
      throws Exception {
    List<String> faults = new ArrayList<>();
    for (ServerProcess server : servers) {
      Work.awaitAt(servers);
      int exitCode = server.terminate();
      if (exitCode != 0) {
        faults.add("a replica ended with %d: %s".formatted(exitCode, server.log().getLast()));
      }
      server.start();
    }
    Work.awaitAt(servers);
    return faults;
  }
}
