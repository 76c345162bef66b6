package dev.ppe.simulator.dram;

/**
 * Finds that a stream of bursts has come back to a state it was in before, by Brent's method: one
 * state is remembered and compared with every later one; each time twice as many have passed, a
 * later one is remembered instead.
 *
 * <p>States are taken right after refreshes, where all banks are closed and nothing before the
 * refresh binds any more. One number is then the whole state of a channel, up to a shift in time
 * and a rotation of the banks: when its last column command was, relative to the next refresh. The
 * caller adds what it needs to know about the position.
 */
final class Recurrence {
  private final long[] countersThen = new long[Counter.COUNT];
  private long lastColumnThen;
  private long dueThen;
  private long positionThen;
  private int age;
  private int limit;
  private boolean remembers;

  /** Forgets everything: another stream begins. */
  void restart() {
    remembers = false;
    age = 0;
    limit = 1;
  }

  /** Whether the channel is in the remembered state again, and has moved bursts since. */
  boolean found(long lastColumn, long due, long position) {
    return remembers && lastColumn - due == lastColumnThen - dueThen && position > positionThen;
  }

  /** Bursts moved since the remembered state. */
  long bursts(long position) {
    return position - positionThen;
  }

  /** Cycles passed since the remembered state. */
  long cycles(long due) {
    return due - dueThen;
  }

  /** Adds what was counted since the remembered state {@code times} times more. */
  void repeat(long[] counters, long times) {
    for (int i = 0; i < counters.length; i++) {
      counters[i] += times * (counters[i] - countersThen[i]);
    }
  }

  /** Remembers this state, if it is its turn. */
  void observe(long lastColumn, long due, long position, long[] counters) {
    if (remembers && ++age < limit) {
      return;
    }
    remembers = true;
    age = 0;
    limit *= 2;
    lastColumnThen = lastColumn;
    dueThen = due;
    positionThen = position;
    System.arraycopy(counters, 0, countersThen, 0, counters.length);
  }
}
