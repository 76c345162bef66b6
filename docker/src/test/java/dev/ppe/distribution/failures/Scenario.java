package dev.ppe.distribution.failures;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Something that goes wrong, or that somebody does to a server. */
interface Scenario {
  /** In a word or two. */
  String name();

  /**
   * Does it, while healthy clients go on.
   *
   * @param servers the replicas; what one of them alone suffers, the first one suffers
   * @param time for how long, where it could be done for ever
   * @param random draws what is done
   * @return what a server did that it must not, in words; empty if all is well
   */
  List<String> run(List<ServerProcess> servers, Duration time, RandomGenerator random)
      throws Exception;

  /** Whether it is about replicas, so that healthy clients ask all of them, or about one server. */
  default boolean concernsReplicas() {
    return false;
  }
}
