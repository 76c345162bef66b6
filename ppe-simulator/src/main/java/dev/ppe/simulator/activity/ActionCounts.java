package dev.ppe.simulator.activity;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How often the hardware did what costs energy. Immutable; equal counts are equal. */
@SuppressWarnings("EnumOrdinal") // an array by action, which nothing outlives
public final class ActionCounts {
  private static final Action[] ACTIONS = Action.values();

  /** Nothing done. */
  public static final ActionCounts NONE = new ActionCounts(new long[ACTIONS.length]);

  private final long[] counts;

  private ActionCounts(long[] counts) {
    this.counts = counts;
  }

  /** What gathers counts. */
  public static final class Tally {
    private final long[] counts = new long[ACTIONS.length];

    /**
     * Counts an action, so many times more.
     *
     * @throws ArithmeticException if the sum does not fit a {@code long}
     */
    public Tally add(Action action, long times) {
      if (times < 0) {
        throw new IllegalArgumentException(action + " was done " + times + " times");
      }
      counts[action.ordinal()] = Math.addExact(counts[action.ordinal()], times);
      return this;
    }

    /** Counts all of those too. */
    public Tally add(ActionCounts others) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = Math.addExact(counts[i], others.counts[i]);
      }
      return this;
    }

    /** What was counted so far. */
    public ActionCounts counts() {
      return new ActionCounts(counts.clone());
    }
  }

  /** One action, so many times. */
  public static ActionCounts of(Action action, long times) {
    return new Tally().add(action, times).counts();
  }

  /** How often {@code action} was done. */
  public long of(Action action) {
    return counts[action.ordinal()];
  }

  /** Actions that were done, with how often. */
  public Map<Action, Long> done() {
    Map<Action, Long> done = new EnumMap<>(Action.class);
    for (Action action : ACTIONS) {
      if (of(action) > 0) {
        done.put(action, of(action));
      }
    }
    return Collections.unmodifiableMap(done);
  }

  /** Multiply-accumulates of all types. */
  public long macs() {
    long sum = 0;
    for (Action action : ACTIONS) {
      sum += action.isMac() ? of(action) : 0;
    }
    return sum;
  }

  /** Bytes to and from DRAM. */
  public long dramBytes() {
    return of(Action.DRAM_READ_BYTE) + of(Action.DRAM_WRITE_BYTE);
  }

  /** These and others together. */
  public ActionCounts plus(ActionCounts other) {
    return new Tally().add(this).add(other).counts();
  }

  /** These and an action, so many times. */
  public ActionCounts plus(Action action, long times) {
    return new Tally().add(this).add(action, times).counts();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActionCounts that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return done().toString();
  }
}
