package dev.ppe.distribution.failures;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What hostile clients do to one server for a while. */
interface Siege {
  /** In a word or two. */
  String name();

  /**
   * Does it.
   *
   * @param server what suffers it
   * @param time for how long, where it could be done for ever
   * @param random draws what is done
   * @return what the server did that it must not, in words; empty if all is well
   */
  List<String> run(RunningServer server, Duration time, RandomGenerator random) throws Exception;
}
