package dev.ppe.scaling;

import java.util.Arrays;

/**
 * The servers: each has cores that take requests from one queue in the order of their arrival. The
 * first few may be slow, and take twice as long.
 */
final class Replicas {
  private final int cores;
  private final int slow;

  /** When each core has done all that it was given, in nanoseconds: [replica * cores + core]. */
  private final long[] free;

  private final int[] waitingOrRunning;
  private final long[] taken;
  private final long[] busyNanos;
  private final long[] stayedNanos;
  private long underWay;

  Replicas(Scenario.Fleet fleet) {
    cores = fleet.cores();
    slow = fleet.slow();
    busyNanos = new long[fleet.replicas()];
    stayedNanos = new long[fleet.replicas()];
    free = new long[fleet.replicas() * cores];
    waitingOrRunning = new int[fleet.replicas()];
    taken = new long[fleet.replicas()];
  }

  /** Takes a request that is so much work for a fast one. @return when it is done */
  long take(int replica, long arrival, long workNanos) {
    long serviceNanos = replica < slow ? 2 * workNanos : workNanos;
    int core = replica * cores;
    for (int i = core + 1; i < (replica + 1) * cores; i++) {
      if (free[i] < free[core]) {
        core = i;
      }
    }
    free[core] = Math.max(arrival, free[core]) + serviceNanos;
    waitingOrRunning[replica]++;
    taken[replica]++;
    underWay++;
    busyNanos[replica] += serviceNanos;
    stayedNanos[replica] += free[core] - arrival;
    return free[core];
  }

  void done(int replica) {
    waitingOrRunning[replica]--;
    underWay--;
  }

  int queue(int replica) {
    return waitingOrRunning[replica];
  }

  double averageQueue() {
    return (double) underWay / waitingOrRunning.length;
  }

  double busySeconds() {
    return Arrays.stream(busyNanos).sum() / 1e9;
  }

  int count() {
    return taken.length;
  }

  /** Requests so far. */
  long taken(int replica) {
    return taken[replica];
  }

  /** Core time of the requests so far. */
  long busyNanos(int replica) {
    return busyNanos[replica];
  }

  /** The same with the time that they waited. */
  long stayedNanos(int replica) {
    return stayedNanos[replica];
  }

  /** Requests of the busiest replica over those of the average one. */
  double imbalance() {
    long most = 0;
    long sum = 0;
    for (long requests : taken) {
      most = Math.max(most, requests);
      sum += requests;
    }
    return (double) most * taken.length / sum;
  }
}
