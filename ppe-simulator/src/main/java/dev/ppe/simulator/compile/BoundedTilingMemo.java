package dev.ppe.simulator.compile;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * A memo for many evaluations and threads that stays within a number of tilings, without threads or
 * clocks.
 *
 * <p>There are two generations. New tilings go to the young one; what the old one knows moves there
 * when it is asked for. Once the young one holds half of what is allowed it becomes the old one,
 * and the old one is forgotten: what stays is what was of use lately. Look-ups take no lock.
 */
public final class BoundedTilingMemo implements TilingMemo {
  private record Generation(
      ConcurrentMap<TilingHardware, TilingHardware> hardware,
      ConcurrentMap<TilingKey, Tiling> tilings) {
    Generation() {
      this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }
  }

  private final int half;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private volatile Generation young = new Generation();
  private volatile Generation old = new Generation();

  /**
   * An empty memo.
   *
   * @param entries tilings that it remembers at the most, 2 or more
   */
  public BoundedTilingMemo(int entries) {
    if (entries < 2) {
      throw new IllegalArgumentException("entries is " + entries + ", must be 2 or more");
    }
    this.half = entries / 2;
  }

  @Override
  public Tilings on(TilingHardware hardware) {
    TilingHardware known = intern(hardware);
    int hash = known.hashCode();
    return (problem, search) -> best(new TilingKey(known, hash, problem), search);
  }

  private Tiling best(TilingKey key, Function<TilingProblem, Tiling> search) {
    Optional<Tiling> recent = Optional.ofNullable(young.tilings().get(key));
    if (recent.isPresent()) {
      hits.increment();
      return recent.get();
    }
    Optional<Tiling> earlier = Optional.ofNullable(old.tilings().get(key));
    (earlier.isPresent() ? hits : misses).increment();
    Tiling tiling = earlier.orElseGet(() -> search.apply(key.problem()));
    remember(key, tiling);
    return tiling;
  }

  /** One object for equal hardware, so that keys have it in common. */
  private synchronized TilingHardware intern(TilingHardware hardware) {
    makeRoom(young.hardware());
    return Optional.ofNullable(young.hardware().putIfAbsent(hardware, hardware)).orElse(hardware);
  }

  /** One at a time, so that no more than half is ever put into a generation. */
  private synchronized void remember(TilingKey key, Tiling tiling) {
    makeRoom(young.tilings());
    young.tilings().put(key, tiling);
  }

  private void makeRoom(Map<?, ?> part) {
    if (part.size() >= half) {
      old = young;
      young = new Generation();
    }
  }

  /** How many tilings it remembers. */
  public int entries() {
    return young.tilings().size() + old.tilings().size();
  }

  /** Look-ups that found something. */
  public long hits() {
    return hits.sum();
  }

  /** Look-ups that found nothing. */
  public long misses() {
    return misses.sum();
  }
}
