package dev.ppe.client;

import dev.ppe.wire.LoadReport;
import java.util.Arrays;

/**
 * What one replica can take, as its load reports tell: requests a second over utilisation, where
 * errors count as utilisation, too (gRFC A58). It is smoothed over {@link #SMOOTHING_NANOS}, for
 * requests differ.
 *
 * <p>A weight is known when reports have come for the blackout's time, so that a replica that has
 * just started is not judged by its first requests, and forgotten when none has come for long.
 */
final class ReplicaWeight {
  /** Of a replica of which nothing is known. */
  static final double UNKNOWN = 0;

  /** No replica can take more. */
  private static final double MOST = 1e12;

  private static final double SMOOTHING_NANOS = 2e9;

  private final Weighting weighting;
  private byte[] lastReport = {};
  private double lastWeight = UNKNOWN;
  private double weight = UNKNOWN;
  private long first;
  private long last;

  ReplicaWeight(Weighting weighting) {
    this.weighting = weighting;
  }

  /** A report has come, as it was sent. One that makes no sense is none. */
  synchronized void reported(byte[] report, long now) {
    if (!Arrays.equals(report, lastReport)) { // many calls share one
      lastReport = report;
      lastWeight = LoadReport.parse(report).map(ReplicaWeight::of).orElse(UNKNOWN);
    }
    if (lastWeight == UNKNOWN) {
      return;
    }
    if (weight == UNKNOWN || isOver(weighting.expiryNanos(), last, now)) {
      weight = lastWeight;
      first = now;
    } else {
      weight += -Math.expm1((last - now) / SMOOTHING_NANOS) * (lastWeight - weight);
    }
    last = now;
  }

  /** It has connected anew: what answers there may be another process. */
  synchronized void forget() {
    weight = UNKNOWN;
  }

  /** Requests a second at full load, or {@link #UNKNOWN}. */
  synchronized double at(long now) {
    boolean known =
        isOver(weighting.blackoutNanos(), first, now)
            && !isOver(weighting.expiryNanos(), last, now);
    return known ? weight : UNKNOWN;
  }

  private static boolean isOver(long nanos, long since, long now) {
    return now - since >= nanos;
  }

  private static double of(LoadReport report) {
    double utilization =
        report.applicationUtilization() > 0
            ? report.applicationUtilization()
            : report.cpuUtilization();
    double requests = report.requestsPerSecond();
    if (utilization == 0 || requests == 0) {
      return UNKNOWN;
    }
    double weight = requests / (utilization + report.errorsPerSecond() / requests);
    return weight <= MOST ? weight : UNKNOWN;
  }
}
