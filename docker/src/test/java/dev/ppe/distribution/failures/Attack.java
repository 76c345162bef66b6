package dev.ppe.distribution.failures;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** Something that a client does to a server again and again. */
interface Attack {
  /**
   * Does it once.
   *
   * @param attacker what to open connections with, and to report to
   * @throws IOException when the server has had enough of it, which is its right
   */
  void once(Attacker attacker, RandomGenerator random) throws IOException, InterruptedException;
}
