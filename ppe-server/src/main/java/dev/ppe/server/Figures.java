package dev.ppe.server;

import dev.ppe.server.metrics.CacheFigures;
import dev.ppe.server.metrics.QueueFigures;
import dev.ppe.server.metrics.SecondLevelFigures;
import dev.ppe.server.metrics.ServerMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** {@link ServerStatistics} as the figures that metrics are made of. */
final class Figures {
  private final ServerConfig config;
  private final Supplier<ServerStatistics> statistics;

  Figures(ServerConfig config, Supplier<ServerStatistics> statistics) {
    this.config = config;
    this.statistics = statistics;
  }

  void bindTo(ServerMetrics metrics) {
    metrics.bindQueue(queue());
    metrics.bindRefusals(refusals());
    if (config.cache().maxBytes() > 0) {
      metrics.bindCache("results", results());
    }
    if (config.cache().memoBytes() > 0) {
      metrics.bindCache("memo", memo());
    }
    if (config.cache().redis().isPresent()) {
      metrics.bindSecondLevel(secondLevel());
    }
  }

  QueueFigures queue() {
    return new QueueFigures(
        () -> pool().waiting(),
        config::queueCapacity,
        () -> pool().running(),
        config::workers,
        () -> pool().open(),
        () -> pool().openBytes(),
        config::maxPendingBytes,
        () -> pool().faults());
  }

  private ServerStatistics.Pool pool() {
    return statistics.get().pool();
  }

  private Map<String, LongSupplier> refusals() {
    Map<String, LongSupplier> counts = new LinkedHashMap<>();
    counts.put("full", () -> pool().refused().full());
    counts.put("late", () -> pool().refused().late());
    counts.put("slow", () -> pool().refused().slow());
    counts.put("pushed-out", () -> pool().refused().pushedOut());
    return counts;
  }

  /** What another request had begun to work out counts as found. */
  private CacheFigures results() {
    return new CacheFigures(
        cache(cache -> cache.requestHits() + cache.hits() + cache.shared()),
        cache(ServerStatistics.Cache::computed),
        cache(ServerStatistics.Cache::evictions),
        cache(ServerStatistics.Cache::entries),
        cache(ServerStatistics.Cache::bytes),
        () -> config.cache().maxBytes());
  }

  private LongSupplier cache(ToLongFunction<ServerStatistics.Cache> figure) {
    return () -> figure.applyAsLong(statistics.get().cache());
  }

  private CacheFigures memo() {
    return new CacheFigures(
        memo(ServerStatistics.Memo::hits),
        memo(ServerStatistics.Memo::misses),
        memo(ServerStatistics.Memo::evictions),
        memo(ServerStatistics.Memo::entries),
        memo(ServerStatistics.Memo::bytes),
        () -> config.cache().memoBytes());
  }

  private LongSupplier memo(ToLongFunction<ServerStatistics.Memo> figure) {
    return () -> figure.applyAsLong(statistics.get().memo());
  }

  private SecondLevelFigures secondLevel() {
    return new SecondLevelFigures(
        () -> statistics.get().secondLevel().available(),
        second(ServerStatistics.SecondLevel::hits),
        second(ServerStatistics.SecondLevel::misses),
        second(ServerStatistics.SecondLevel::failures),
        second(ServerStatistics.SecondLevel::skipped));
  }

  private LongSupplier second(ToLongFunction<ServerStatistics.SecondLevel> figure) {
    return () -> figure.applyAsLong(statistics.get().secondLevel());
  }
}
