package dev.ppe.distribution.failures;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** kill -9 of one replica in the midst of its work, and its return: its calls go to the others. */
final class KilledReplica implements Scenario {
  @Override
  public String name() {
    return "replica killed";
  }

  @Override
  public boolean concernsReplicas() {
    return true;
  }

  @Override
  public List<String> run(List<ServerProcess> servers, Duration time, RandomGenerator random)
      throws Exception {
    ServerProcess victim = servers.get(random.nextInt(servers.size()));
    Work.awaitAt(servers);
    victim.kill();
    Thread.sleep(time.dividedBy(4)); // the others do without it for a while
    victim.start();
    Work.awaitAt(servers);
    return List.of();
  }
}
