package dev.ppe.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.compile.TilingHardware;
import dev.ppe.simulator.compile.TilingKey;
import dev.ppe.simulator.compile.TilingMemo;

/**
 * How layers are cut over the PEs, for all requests, and bounded in bytes: candidates of one search
 * share most of their layers. Accelerators that clients send share it as far as their PEs are
 * alike. No answer depends on it.
 *
 * <p>Caffeine keeps what is asked for often and lately (window TinyLFU). Safe for use by many
 * threads.
 */
final class SharedTilings implements TilingMemo {
  private final Cache<TilingKey, Tiling> tilings;

  /** One object for equal hardware, for as long as there are tilings for it. */
  private final Interner<TilingHardware> interner = Interner.newWeakInterner();

  /** A memo of so many bytes. */
  SharedTilings(long maxBytes) {
    tilings =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((TilingKey key, Tiling tiling) -> ENTRY_BYTES)
            .executor(Runnable::run) // no threads of its own
            .recordStats()
            .build();
  }

  @Override
  public Tilings on(TilingHardware hardware) {
    TilingHardware known = interner.intern(hardware);
    int hash = known.hashCode();
    return (problem, search) ->
        tilings.get(new TilingKey(known, hash, problem), key -> search.apply(key.problem()));
  }

  /** How full it is and what it was good for. */
  ServerStatistics.Memo statistics() {
    CacheStats stats = tilings.stats();
    return new ServerStatistics.Memo(
        tilings.estimatedSize(),
        tilings.policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L),
        stats.hitCount(),
        stats.missCount(),
        stats.evictionCount());
  }
}
