package dev.ppe.simulator.activity;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where the time went: cycles of the critical path by what they were spent on. They add up to the
 * time of the whole they belong to.
 *
 * @param cycles cycles by cause; causes without any are left out
 */
public record TimeBreakdown(Map<Cause, Long> cycles) {

  public TimeBreakdown {
    Map<Cause, Long> copy = new EnumMap<>(Cause.class);
    cycles.forEach(
        (cause, spent) -> {
          if (spent < 0) {
            throw new IllegalArgumentException(cause + " has " + spent + " cycles");
          }
          if (spent > 0) {
            copy.put(cause, spent);
          }
        });
    cycles = Collections.unmodifiableMap(copy);
  }

  /** Cycles spent on {@code cause}. */
  public long of(Cause cause) {
    return cycles.getOrDefault(cause, 0L);
  }

  /** Cycles of fixed costs, whatever the layers do: driver, doorbell, decoding, completion. */
  public long fixed() {
    return of(Cause.INVOCATION) + of(Cause.DOORBELL) + of(Cause.DECODE) + of(Cause.COMPLETION);
  }

  /** Cycles in all. */
  public long total() {
    return cycles.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What most of the time went to; the first in {@link Cause}'s order among equals. */
  public Cause dominant() {
    Cause dominant = Cause.COMPUTE;
    for (Map.Entry<Cause, Long> entry : cycles.entrySet()) {
      if (entry.getValue() > of(dominant)) {
        dominant = entry.getKey();
      }
    }
    return dominant;
  }
}
