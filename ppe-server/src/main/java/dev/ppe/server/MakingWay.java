package dev.ppe.server;

import dev.ppe.server.Room.Bounds;
import dev.ppe.server.Room.Entry;
import dev.ppe.server.Room.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Who would have to leave a {@link Room} so that one more request fits: one after the other, the
 * last due of whoever has the most of what is short, as long as that one keeps as much as the
 * newcomer will have. Nothing is changed by finding out.
 */
final class MakingWay<T> {
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

  private final List<Rest<T>> others;

  /** Among clients with these shares. */
  MakingWay(List<Share<T>> others) {
    this.others = others.stream().map(Rest::new).toList();
  }

  /**
   * The requests that would leave, the first one first.
   *
   * @param ownRequests that the newcomer will have
   * @param ownBytes of all of them
   * @param requests in the room now
   * @param bytes of all of them
   * @param more bytes of the one that comes
   * @return nothing if it has no room even so
   */
  Optional<List<T>> forOneWhoHas(
      int ownRequests, long ownBytes, int requests, long bytes, long more, Bounds bounds) {
    List<T> leaving = new ArrayList<>();
    int left = requests;
    long bytesLeft = bytes;
    while (!bounds.fits(left, bytesLeft, more)) {
      Optional<Rest<T>> most =
          bounds.fits(left, 0, 0)
              ? greediest(rest -> rest.wouldKeepBytes(ownBytes) ? rest.bytes : -1)
              : greediest(rest -> rest.wouldKeep(ownRequests) ? rest.requests : -1);
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

  private Optional<Rest<T>> greediest(Has<T> has) {
    return others.stream()
        .filter(rest -> has.much(rest) >= 0)
        .max(Comparator.comparingLong(has::much).thenComparingLong(rest -> rest.number));
  }
}
