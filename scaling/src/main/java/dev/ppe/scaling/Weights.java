package dev.ppe.scaling;

import java.util.Arrays;

/**
 * What workers know of replicas by load reports: requests over utilisation, as averages that forget
 * with a time constant of a second, measured every tenth of one (the server), smoothed over two,
 * and looked at every second (the client). The 10 seconds without weights at a client's start are
 * left out. All workers look at once, which is the worst case: where weights mislead, they mislead
 * all of them alike.
 */
final class Weights {
  private static final int MOST = 0xFFFF;
  private static final double ALIKE = 0.1;
  private static final long MEASURED_NANOS = 100_000_000;
  private static final long LOOKED_AT_NANOS = 1_000_000_000;
  private static final double FORGOTTEN = -Math.expm1(-0.1);
  private static final double SMOOTHED = -Math.expm1(-0.05);

  private final Replicas replicas;
  private final boolean queues;
  private final double[] requests;
  private final double[] used;
  private final double[] smoothed;
  private final int[] weights;
  private final long[] requestsBefore;
  private final long[] nanosBefore;
  private long measuredNext = MEASURED_NANOS;
  private long lookedAtNext = 5 * MEASURED_NANOS;

  /**
   * Of replicas that have not reported yet.
   *
   * @param queues whether what waits counts as utilisation
   */
  Weights(Replicas replicas, boolean queues) {
    this.replicas = replicas;
    this.queues = queues;
    int count = replicas.count();
    requests = new double[count];
    used = new double[count];
    smoothed = new double[count];
    weights = new int[count];
    Arrays.fill(weights, MOST);
    requestsBefore = new long[count];
    nanosBefore = new long[count];
  }

  /** Takes the reports that are due. */
  void advance(long now) {
    while (measuredNext <= now) {
      measure();
      measuredNext += MEASURED_NANOS;
    }
    if (lookedAtNext <= now) {
      lookAt();
      lookedAtNext = now + LOOKED_AT_NANOS;
    }
  }

  private void measure() {
    for (int replica = 0; replica < weights.length; replica++) {
      long taken = replicas.taken(replica);
      long nanos = queues ? replicas.stayedNanos(replica) : replicas.busyNanos(replica);
      requests[replica] += FORGOTTEN * (taken - requestsBefore[replica] - requests[replica]);
      used[replica] += FORGOTTEN * (nanos - nanosBefore[replica] - used[replica]);
      requestsBefore[replica] = taken;
      nanosBefore[replica] = nanos;
      if (used[replica] > 0) {
        double weight = requests[replica] / used[replica];
        boolean first = smoothed[replica] == 0;
        smoothed[replica] += (first ? 1 : SMOOTHED) * (weight - smoothed[replica]);
      }
    }
  }

  /** Replicas within a tenth of the median are alike, as {@code ppe-client} has it. */
  private void lookAt() {
    double[] sorted = smoothed.clone();
    Arrays.sort(sorted);
    double median = sorted[(sorted.length - 1) / 2];
    double largest = alike(sorted[sorted.length - 1], median);
    for (int replica = 0; replica < weights.length && largest > 0; replica++) {
      double share = alike(smoothed[replica], median) / largest;
      weights[replica] = Math.max(1, (int) Math.round(share * MOST));
    }
  }

  private static double alike(double weight, double median) {
    return Math.abs(weight - median) <= ALIKE * median ? median : weight;
  }

  /** Whether a replica at a place of a worker's list has its turn in a round of looks at it. */
  boolean hasTurn(int replica, int place, long round) {
    long start = (long) place * (MOST / 2);
    return (weights[replica] * round + start) % MOST >= MOST - weights[replica];
  }
}
