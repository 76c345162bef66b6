package dev.ppe.scaling;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * What came of a scenario.
 *
 * @param meanMillis mean time from sending to the answer
 * @param p50Millis half take no longer
 * @param p99Millis one in a hundred takes longer
 * @param p999Millis one in a thousand takes longer
 * @param hitShare requests that a cache answered; 0 to 1
 * @param utilization of the cores; 0 to 1
 * @param coreMicros core time of one request
 * @param imbalance requests of the busiest replica over the average one's
 * @param connections open ones in all
 * @param fewest connections of the replica that has fewest
 * @param most connections of the replica that has most
 */
public record Result(
    double meanMillis,
    double p50Millis,
    double p99Millis,
    double p999Millis,
    double hitShare,
    double utilization,
    double coreMicros,
    double imbalance,
    long connections,
    int fewest,
    int most) {
  private static final double NANOS_PER_MILLI = 1e6;

  static Result of(
      Scenario scenario,
      Histogram latencies,
      long hits,
      Replicas replicas,
      Workers workers,
      double seconds) {
    Scenario.Fleet fleet = scenario.fleet();
    int[] connections = workers.connectionsOfReplicas(fleet.replicas());
    return new Result(
        latencies.getMean() / NANOS_PER_MILLI,
        latencies.getValueAtPercentile(50) / NANOS_PER_MILLI,
        latencies.getValueAtPercentile(99) / NANOS_PER_MILLI,
        latencies.getValueAtPercentile(99.9) / NANOS_PER_MILLI,
        (double) hits / scenario.requests(),
        replicas.busySeconds() / (seconds * fleet.replicas() * fleet.cores()),
        replicas.busySeconds() / scenario.requests() * 1e6,
        replicas.imbalance(),
        (long) fleet.workers() * fleet.connections(),
        Arrays.stream(connections).min().orElse(0),
        Arrays.stream(connections).max().orElse(0));
  }
}
