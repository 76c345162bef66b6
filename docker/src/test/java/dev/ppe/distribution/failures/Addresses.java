package dev.ppe.distribution.failures;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Addresses that attackers connect from: no more of them than it takes, since a server takes each
 * for a client of its own and shares its time among them. Each process has others, in a network by
 * its number: a server may still keep those out that lost calls in the last attack.
 */
final class Addresses {
  /** Those of all attacks that this process makes at the same time. */
  static final Addresses OF_THIS_PROCESS = new Addresses();

  private static final int MOST = 254;
  private static final AtomicInteger CALLERS = new AtomicInteger();

  private final int[] connections = new int[MOST];

  private Addresses() {}

  /**
   * Takes the first address that has less than so many connections.
   *
   * @return the last number of the address
   */
  synchronized int take(int most) {
    for (int i = 0; i < MOST; i++) {
      if (connections[i] < most) {
        connections[i]++;
        return i + 1;
      }
    }
    throw new IllegalStateException("all addresses have %d connections".formatted(most));
  }

  /** Says that one connection of an address has ended. */
  synchronized void giveBack(int number) {
    connections[number - 1]--;
  }

  static String text(int number) {
    return text(1, number);
  }

  /** One for the calls of one attack alone: it is not to pay for calls that others lose. */
  static String ofCalls() {
    return text(2, 1 + CALLERS.getAndIncrement() % MOST);
  }

  private static String text(int part, int number) {
    return "127.%d.%d.%d".formatted(1 + ProcessHandle.current().pid() % MOST, part, number);
  }
}
