package dev.ppe.server;

import dev.ppe.server.FairQueue.Ticket;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * What waits of one client in a {@link FairQueue}, in the order in which it is taken, and the
 * client's tag.
 */
final class WaitingShare<T> {
  /** A request, and how many came before it. */
  record Entry<T>(Ticket ticket, long order, T item) {}

  private final long number;
  private final TreeSet<Entry<T>> waiting =
      new TreeSet<>(
          Comparator.comparingLong((Entry<T> entry) -> entry.ticket().deadline())
              .thenComparingLong(Entry::order));
  private long tag;
  private long backlog;

  /** Nothing yet, of the client that was counted so. */
  WaitingShare(long number, long tag) {
    this.number = number;
    this.tag = tag;
  }

  long number() {
    return number;
  }

  /** The virtual time at which its next request starts. */
  long tag() {
    return tag;
  }

  /** While it is in no order that depends on it. */
  void moveTo(long virtualTime) {
    tag = virtualTime;
  }

  /** How much work waits. */
  long backlog() {
    return backlog;
  }

  int size() {
    return waiting.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The next; there is one. */
  Entry<T> first() {
    return waiting.first();
  }

  long firstDeadline() {
    return first().ticket().deadline();
  }

  /** How much work is taken before a request of that deadline. */
  long dueBy(long deadline) {
    long work = 0;
    for (Entry<T> entry : waiting) {
      if (entry.ticket().deadline() > deadline) {
        break;
      }
      work += entry.ticket().cost();
    }
    return work;
  }

  void add(Entry<T> entry) {
    waiting.add(entry);
    backlog += entry.ticket().cost();
  }

  void takeOut(Entry<T> entry) {
    waiting.remove(entry);
    backlog -= entry.ticket().cost();
  }
}
