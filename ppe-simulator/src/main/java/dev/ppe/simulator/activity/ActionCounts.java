package dev.ppe.simulator.activity;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often the hardware did what costs energy.
 *
 * @param counts times by action; actions that were not done are left out
 */
public record ActionCounts(Map<Action, Long> counts) {
  /** Nothing done. */
  public static final ActionCounts NONE = new ActionCounts(Map.of());

  public ActionCounts {
    Map<Action, Long> copy = new EnumMap<>(Action.class);
    counts.forEach(
        (action, times) -> {
          if (times < 0) {
            throw new IllegalArgumentException(action + " was done " + times + " times");
          }
          if (times > 0) {
            copy.put(action, times);
          }
        });
    counts = Collections.unmodifiableMap(copy);
  }

  /** One action, so many times. */
  public static ActionCounts of(Action action, long times) {
    return new ActionCounts(Map.of(action, times));
  }

  /** How often {@code action} was done. */
  public long of(Action action) {
    return counts.getOrDefault(action, 0L);
  }

  /** Multiply-accumulates of all types. */
  public long macs() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().isMac())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Bytes to and from DRAM. */
  public long dramBytes() {
    return of(Action.DRAM_READ_BYTE) + of(Action.DRAM_WRITE_BYTE);
  }

  /**
   * These and others together.
   *
   * @throws ArithmeticException if a sum does not fit a {@code long}
   */
  public ActionCounts plus(ActionCounts other) {
    Map<Action, Long> sum = new EnumMap<>(Action.class);
    sum.putAll(counts);
    other.counts.forEach((action, times) -> sum.merge(action, times, Math::addExact));
    return new ActionCounts(sum);
  }

  /** These and an action, so many times. */
  public ActionCounts plus(Action action, long times) {
    return plus(of(action, times));
  }
}
