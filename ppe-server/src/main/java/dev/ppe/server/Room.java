package dev.ppe.server;

import dev.ppe.server.security.ClientIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A bounded room, and how much of it each client's requests take: by their number and by their
 * bytes. All that have no answer yet are in it, also those that wait for work of another one.
 *
 * <p>When there is no more room, whoever has the most makes way for those with less: in number or
 * in bytes, whichever is short. It gives up what is due last, and goes on having at least as much
 * as the newcomer will have. What a worker is at stays. Nobody makes way in vain: {@link
 * #makingWay} tells who would have to before anybody does.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <T> a request
 */
final class Room<T> {
  /**
   * What a request takes.
   *
   * @param client whose it is
   * @param deadline by when it should be done, in nanoseconds on any one clock
   * @param bytes that the request takes in memory
   */
  record Claim(ClientIdentity client, long deadline, long bytes) {}

  /** How large the room is. */
  @FunctionalInterface
  interface Bounds {
    /** Whether a request of so many more bytes has room beside so many with so many bytes. */
    boolean fits(int requests, long bytes, long more);
  }

  record Entry<T>(T item, Claim claim, long order) {}

  /** What one client has in the room that could make way, in the order in which it is due. */
  static final class Share<T> {
    final long number;
    final TreeSet<Entry<T>> entries =
        new TreeSet<>(
            Comparator.comparingLong((Entry<T> entry) -> entry.claim().deadline())
                .thenComparingLong(Entry::order));
    long bytes;

    Share(long number) {
      this.number = number;
    }
  }

  private final Map<T, Entry<T>> entries = new HashMap<>();
  private final Map<ClientIdentity, Share<T>> shares = new HashMap<>();
  private long bytes;
  private long counted;

  /** Lets a request in, whether it fits or not. */
  void enter(T item, Claim claim) {
    Entry<T> entry = new Entry<>(item, claim, counted++);
    entries.put(item, entry);
    bytes += claim.bytes();
    addToShare(entry);
  }

  /** A request is out; nothing happens if it is already. */
  void leave(T item) {
    Entry<T> entry = entries.remove(item);
    if (entry != null) {
      bytes -= entry.claim().bytes();
      removeFromShare(entry);
    }
  }

  /** A worker is at it now: it need not make way. */
  void hold(T item) {
    Entry<T> entry = entries.get(item);
    if (entry != null) {
      removeFromShare(entry);
    }
  }

  /** The worker is at something else. */
  void release(T item) {
    Entry<T> entry = entries.get(item);
    if (entry != null) {
      addToShare(entry);
    }
  }

  /**
   * Who would have to leave so that one more request has room, the first one first. Nobody leaves
   * yet.
   *
   * @param newcomer whose the request is
   * @return nothing if it has no room even so; nobody if it has room anyway
   */
  Optional<List<T>> makingWay(ClientIdentity newcomer, long more, Bounds bounds) {
    if (bounds.fits(size(), bytes, more)) {
      return Optional.of(List.of());
    }
    List<Share<T>> others = new ArrayList<>();
    shares.forEach(
        (client, share) -> {
          if (!client.equals(newcomer)) {
            others.add(share);
          }
        });
    Optional<Share<T>> own = Optional.ofNullable(shares.get(newcomer));
    int ownRequests = own.map(share -> share.entries.size()).orElse(0) + 1;
    long ownBytes = own.map(share -> share.bytes).orElse(0L) + more;
    return new MakingWay<>(others).forOneWhoHas(ownRequests, ownBytes, size(), bytes, more, bounds);
  }

  int size() {
    return entries.size();
  }

  long bytes() {
    return bytes;
  }

  private void addToShare(Entry<T> entry) {
    Share<T> share =
        shares.computeIfAbsent(entry.claim().client(), client -> new Share<>(counted++));
    if (share.entries.add(entry)) {
      share.bytes += entry.claim().bytes();
    }
  }

  private void removeFromShare(Entry<T> entry) {
    Share<T> share = shares.get(entry.claim().client());
    if (share != null && share.entries.remove(entry)) {
      share.bytes -= entry.claim().bytes();
      if (share.entries.isEmpty()) {
        shares.remove(entry.claim().client());
      }
    }
  }
}
