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

  /**
   * What some requests take together.
   *
   * @param requests how many they are
   * @param bytes of all of them
   */
  record Taken(int requests, long bytes) {
    static final Taken LESS_THAN_NOTHING = new Taken(-1, -1);

    /** With one more of so many bytes. */
    Taken more(long added) {
      return new Taken(requests + 1, bytes + added);
    }

    /** Without one of so many bytes. */
    Taken less(long given) {
      return new Taken(requests - 1, bytes - given);
    }

    /** As if they were as many, of no size. */
    Taken withoutBytes() {
      return new Taken(requests, 0);
    }
  }

  /** How large the room is. */
  @FunctionalInterface
  interface Bounds {
    /** Whether a request of so many more bytes has room beside those that are there. */
    boolean fits(Taken held, long more);
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

    Taken taken() {
      return new Taken(entries.size(), bytes);
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
    if (bounds.fits(taken(), more)) {
      return Optional.of(List.of());
    }
    List<Share<T>> others = new ArrayList<>();
    shares.forEach(
        (client, share) -> {
          if (!client.equals(newcomer)) {
            others.add(share);
          }
        });
    Taken own = Optional.ofNullable(shares.get(newcomer)).map(Share::taken).orElse(new Taken(0, 0));
    return new MakingWay<>(others).forOneWhoHas(own.more(more), taken(), more, bounds);
  }

  /** What is in the room. */
  Taken taken() {
    return new Taken(size(), bytes);
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
