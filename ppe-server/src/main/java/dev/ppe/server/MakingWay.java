package dev.ppe.server;

import dev.ppe.server.Room.Bounds;
import dev.ppe.server.Room.Entry;
import dev.ppe.server.Room.Share;
import dev.ppe.server.Room.Taken;
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
    private Taken kept;

    Rest(Share<T> share) {
      number = share.number;
      lastDueFirst = share.entries.descendingIterator();
      kept = share.taken();
      last = next();
    }

    private Optional<Entry<T>> next() {
      return lastDueFirst.hasNext() ? Optional.of(lastDueFirst.next()) : Optional.empty();
    }

    /** What it would keep if it gave up one more; nothing, not even that, if it has none. */
    Taken without() {
      return last.map(entry -> kept.less(entry.claim().bytes())).orElse(Taken.LESS_THAN_NOTHING);
    }

    Entry<T> giveUp() {
      Entry<T> given = last.orElseThrow();
      kept = kept.less(given.claim().bytes());
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
   * @param own what the newcomer will have, with the one that comes
   * @param held what is in the room now
   * @param more bytes of the one that comes
   * @return nothing if it has no room even so
   */
  Optional<List<T>> forOneWhoHas(Taken own, Taken held, long more, Bounds bounds) {
    List<T> leaving = new ArrayList<>();
    Taken left = held;
    while (!bounds.fits(left, more)) {
      Optional<Rest<T>> most =
          bounds.fits(left.withoutBytes(), 0)
              ? greediest(rest -> rest.without().bytes() >= own.bytes() ? rest.kept.bytes() : -1)
              : greediest(
                  rest -> rest.without().requests() >= own.requests() ? rest.kept.requests() : -1);
      if (most.isEmpty()) {
        return Optional.empty();
      }
      Entry<T> last = most.get().giveUp();
      leaving.add(last.item());
      left = left.less(last.claim().bytes());
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
