package dev.ppe.server;

import dev.ppe.v1.EstimateRequest.ModelCase;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a worker is expected to be busy with a request, by size class: the exponentially
 * weighted moving average of those before, the newest with a weight of 1/8. It is the mean over
 * requests that a cache answered and those that were computed, in the shares in which they come.
 *
 * <p>A class that was never seen takes the time of the nearest that was, in proportion to its size;
 * without any, {@link #NANOS_PER_NODE} or {@link #NANOS_PER_BYTE}.
 *
 * <p>Times are in nanoseconds. Safe for use by many threads.
 */
final class ServiceTimes {
  private static final int OLD_WEIGHT = 7;
  private static final int WHOLE_WEIGHT = 8;
  private static final int CLASSES = Integer.SIZE;

  /** What a cold server takes for a node, roughly. */
  static final long NANOS_PER_NODE = 20_000;

  /** What it takes for a byte of a model file, most of which are weights. */
  static final long NANOS_PER_BYTE = 1;

  private final Map<SizeClass, Long> averages = new HashMap<>();

  /** The expected time of a request. */
  synchronized long expected(SizeClass size) {
    for (int distance = 0; distance < CLASSES; distance++) {
      for (int shift : new int[] {distance, -distance}) {
        Long seen = averages.get(size.withLog2(size.log2() - shift));
        if (seen != null) {
          return scaled(seen, shift);
        }
      }
    }
    return scaled(size.form() == ModelCase.GRAPH ? NANOS_PER_NODE : NANOS_PER_BYTE, size.log2());
  }

  /** Whether the expected time comes from requests of that very size. */
  synchronized boolean knows(SizeClass size) {
    return averages.containsKey(size);
  }

  /** A request took so long. */
  synchronized void observed(SizeClass size, long nanos) {
    averages.merge(size, nanos, (old, latest) -> (OLD_WEIGHT * old + latest) / WHOLE_WEIGHT);
  }

  /** A request was stopped after that long, which counts if it was expected to take less. */
  void tookMoreThan(SizeClass size, long nanos) {
    if (nanos > expected(size)) {
      observed(size, nanos);
    }
  }

  private static long scaled(long nanos, int log2) {
    return Math.max(1, log2 < 0 ? nanos >> -log2 : nanos << Math.min(log2, 20));
  }
}
