package dev.ppe.server;

import dev.ppe.server.security.ClientIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
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

  private record Entry<T>(T item, Claim claim, long order) {}

  /** What one client has in the room that could make way, in the order in which it is due. */
  private static final class Share<T> {
    private final long number;
    private final TreeSet<Entry<T>> entries =
        new TreeSet<>(
            Comparator.comparingLong((Entry<T> entry) -> entry.claim().deadline())
                .thenComparingLong(Entry::order));
    private long bytes;

    Share(long number) {
      this.number = number;
    }
  }

  /** What would be left of a share. */
  private static final class Rest<T> {
    private final long number;
    private final Iterator<Entry<T>> lastDueFirst;
    private Optional<Entry<T>> last;
    private int requests;
    private long bytes;

    Rest(Share<T> share) {
      number = share.number;
      lastDueFirst = share.entries.descendingIterator();
      requests = share.entries.size();
      bytes = share.bytes;
      last = next();
    }

    private Optional<Entry<T>> next() {
      return lastDueFirst.hasNext() ? Optional.of(lastDueFirst.next()) : Optional.empty();
    }

    boolean wouldKeep(int least) {
      return last.isPresent() && requests - 1 >= least;
    }

    boolean wouldKeepBytes(long least) {
      return last.filter(entry -> bytes - entry.claim().bytes() >= least).isPresent();
    }

    Entry<T> giveUp() {
      Entry<T> given = last.orElseThrow();
      requests--;
      bytes -= given.claim().bytes();
      last = next();
      return given;
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
    List<T> leaving = new ArrayList<>();
    if (bounds.fits(size(), bytes, more)) {
      return Optional.of(leaving);
    }
    Optional<Share<T>> own = Optional.ofNullable(shares.get(newcomer));
    int requests = own.map(share -> share.entries.size()).orElse(0) + 1;
    long ownBytes = own.map(share -> share.bytes).orElse(0L) + more;
    List<Rest<T>> others = new ArrayList<>();
    for (Map.Entry<ClientIdentity, Share<T>> share : shares.entrySet()) {
      if (!share.getKey().equals(newcomer)) {
        others.add(new Rest<>(share.getValue()));
      }
    }
    int left = size();
    long bytesLeft = bytes;
    while (!bounds.fits(left, bytesLeft, more)) {
      Optional<Rest<T>> most =
          bounds.fits(left, 0, 0)
              ? greediest(others, rest -> rest.wouldKeepBytes(ownBytes) ? rest.bytes : -1)
              : greediest(others, rest -> rest.wouldKeep(requests) ? rest.requests : -1);
      if (most.isEmpty()) {
        return Optional.empty();
      }
      Entry<T> last = most.get().giveUp();
      leaving.add(last.item());
      left--;
      bytesLeft -= last.claim().bytes();
    }
    return Optional.of(leaving);
  }

  private interface Has<T> {
    /** How much; negative if nothing of it is to be given up. */
    long much(Rest<T> rest);
  }

  private static <T> Optional<Rest<T>> greediest(List<Rest<T>> rests, Has<T> has) {
    return rests.stream()
        .filter(rest -> has.much(rest) >= 0)
        .max(Comparator.comparingLong(has::much).thenComparingLong(rest -> rest.number));
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
