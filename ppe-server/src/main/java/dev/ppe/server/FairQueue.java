package dev.ppe.server;

import dev.ppe.server.WaitingShare.Entry;
import dev.ppe.server.security.ClientIdentity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What waits for a worker: within a client by deadline, between clients in equal shares of time.
 *
 * <p>Start-time fair queueing (Goyal, Vin, Cheng 1996) over clients. Each has a tag: the virtual
 * time at which its next request starts. The client with the least tag is next, the one with the
 * earlier deadline among equals; virtual time becomes its tag, and the tag grows by what the
 * request is expected to cost. A client that comes back starts at the virtual time of that moment:
 * nobody saves up. So clients that always have something waiting get equal time, whatever the
 * number and size of their requests, and one that asks for less than its share hardly waits.
 *
 * <p>Times are in nanoseconds on any one clock. Not safe for use by several threads.
 *
 * @param <T> what waits
 */
final class FairQueue<T> {
  /**
   * What is known of a request that waits.
   *
   * @param client whose it is
   * @param deadline by when it should be done
   * @param cost how long a worker is expected to be busy with it
   */
  record Ticket(ClientIdentity client, long deadline, long cost) {}

  private static final int TIDY_AT_LEAST = 64;

  private final Map<ClientIdentity, WaitingShare<T>> shares = new HashMap<>();
  private final Map<T, Entry<T>> entries = new HashMap<>();

  /** Those with something waiting, the next first. */
  private final TreeSet<WaitingShare<T>> backlogged =
      new TreeSet<>(
          Comparator.comparingLong((WaitingShare<T> share) -> share.tag())
              .thenComparingLong(WaitingShare::firstDeadline)
              .thenComparingLong(WaitingShare::number));

  private long virtualTime;
  private long counted;
  private long backlog;
  private int tidyAt = TIDY_AT_LEAST;

  /** Lets an item wait that does not wait yet. */
  void add(Ticket ticket, T item) {
    WaitingShare<T> share = shares.computeIfAbsent(ticket.client(), client -> newShare());
    retag(
        share,
        Math.max(share.tag(), virtualTime),
        () -> {
          Entry<T> entry = new Entry<>(ticket, counted++, item);
          share.add(entry);
          entries.put(item, entry);
          backlog += ticket.cost();
        });
  }

  /** Takes the next one. */
  Optional<T> poll() {
    return poll(any -> true);
  }

  /** Takes the first item of the next client whose first item is wanted. */
  Optional<T> poll(Predicate<T> wanted) {
    for (WaitingShare<T> share : backlogged) {
      if (wanted.test(share.first().item())) {
        return Optional.of(take(share));
      }
    }
    return Optional.empty();
  }

  private T take(WaitingShare<T> share) {
    Entry<T> next = share.first();
    virtualTime = Math.max(virtualTime, share.tag()); // back where somebody was passed over
    retag(share, share.tag() + next.ticket().cost(), () -> takeOut(share, next));
    tidy();
    return next.item();
  }

  /** Takes an item out of turn. Returns whether it waited. */
  boolean remove(T item) {
    Entry<T> entry = entries.get(item);
    if (entry == null) {
      return false;
    }
    WaitingShare<T> share = shareOf(entry.ticket().client());
    retag(share, share.tag(), () -> takeOut(share, entry));
    return true;
  }

  /** A client's request that was taken cost that much more, or less, than was expected. */
  void charge(ClientIdentity client, long difference) {
    WaitingShare<T> share = shares.get(client);
    if (share != null) { // or the debt is long paid
      retag(share, Math.max(virtualTime, share.tag() + difference), () -> {});
    }
  }

  /** Nothing waits and nothing runs: nobody owes anything. */
  void settle() {
    shares.values().removeIf(share -> share.isEmpty());
  }

  /** How many items of a client wait. */
  int waitingOf(ClientIdentity client) {
    WaitingShare<T> share = shares.get(client);
    return share == null ? 0 : share.size();
  }

  /** How much work is expected to be done before a request that comes now. */
  long ahead(Ticket ticket) {
    WaitingShare<T> share = shares.get(ticket.client());
    long own = share == null ? 0 : share.dueBy(ticket.deadline());
    long ahead = own;
    for (WaitingShare<T> other : backlogged) {
      if (other != share) { // as much as this one's, by when they have had equal shares
        ahead += Math.min(other.backlog(), own + ticket.cost());
      }
    }
    return ahead;
  }

  /** How much work waits. */
  long backlog() {
    return backlog;
  }

  int size() {
    return entries.size();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  private WaitingShare<T> newShare() {
    return new WaitingShare<>(counted++, virtualTime);
  }

  /** Changes what the order of shares depends on. */
  private void retag(WaitingShare<T> share, long tag, Runnable change) {
    if (!share.isEmpty()) {
      backlogged.remove(share);
    }
    share.moveTo(tag);
    change.run();
    if (!share.isEmpty()) {
      backlogged.add(share);
    }
  }

  private void takeOut(WaitingShare<T> share, Entry<T> entry) {
    share.takeOut(entry);
    entries.remove(entry.item());
    backlog -= entry.ticket().cost();
  }

  /** Forgets clients that are owed nothing and owe nothing, when there are many. */
  private void tidy() {
    if (shares.size() >= tidyAt) {
      shares.values().removeIf(share -> share.isEmpty() && share.tag() <= virtualTime);
      tidyAt = Math.max(TIDY_AT_LEAST, 2 * shares.size());
    }
  }

  private WaitingShare<T> shareOf(ClientIdentity client) {
    WaitingShare<T> share = shares.get(client);
    if (share == null) {
      throw new IllegalStateException("something waits that is nobody's");
    }
    return share;
  }
}
