package dev.ppe.scaling;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The networks that were asked for lately, and which replicas have their answers. A search asks for
 * some again; replicas are taken to keep what may be asked for.
 */
final class Networks {
  private final Scenario.Traffic traffic;
  private final SplittableRandom random;

  /** By number of the network, modulo the memory. */
  private final int[][] holders;

  private long made;

  Networks(Scenario.Traffic traffic, SplittableRandom random) {
    this.traffic = traffic;
    this.random = random;
    this.holders = new int[traffic.memory()][];
    Arrays.fill(holders, new int[0]);
  }

  /** The number of the network that is asked for next. */
  long next() {
    if (made > 0 && random.nextDouble() < traffic.repeats()) {
      return made - 1 - random.nextLong(Math.min(made, holders.length));
    }
    holders[place(made)] = new int[0];
    return made++;
  }

  /** Whether the replica has its answer; from now on it has. */
  boolean isHeldBy(int replica, long network) {
    int[] holding = holders[place(network)];
    for (int holder : holding) {
      if (holder == replica) {
        return true;
      }
    }
    int[] more = Arrays.copyOf(holding, holding.length + 1);
    more[holding.length] = replica;
    holders[place(network)] = more;
    return false;
  }

  private int place(long network) {
    return (int) (network % holders.length);
  }
}
