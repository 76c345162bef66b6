package dev.ppe.scaling;

/** The servers: each has cores that take requests from one queue in the order of their arrival. */
final class Replicas {
  private final int cores;

  /** When each core has done all that it was given, in nanoseconds: [replica * cores + core]. */
  private final long[] free;

  private final int[] waitingOrRunning;
  private final long[] taken;
  private long underWay;
  private long busyNanos;

  Replicas(Scenario.Fleet fleet) {
    cores = fleet.cores();
    free = new long[fleet.replicas() * cores];
    waitingOrRunning = new int[fleet.replicas()];
    taken = new long[fleet.replicas()];
  }

  /** Takes a request. @return when it is done, in nanoseconds */
  long take(int replica, long arrival, long serviceNanos) {
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
    busyNanos += serviceNanos;
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
    return busyNanos / 1e9;
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
