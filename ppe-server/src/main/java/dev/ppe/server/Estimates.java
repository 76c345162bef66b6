package dev.ppe.server;

import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.wire.Estimator;
import dev.ppe.wire.LocalEstimator;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything between a request and its answer: the pool, and what is kept in memory and elsewhere.
 *
 * @param pool does the work
 * @param cache of answers, if they are kept
 * @param secondLevel shared with other replicas
 * @param tilings what is remembered of layers, if anything
 * @param alike makes others that share nothing with these: to warm up with
 */
record Estimates(
    SimulationPool pool,
    Optional<AnswerCache> cache,
    SecondLevel secondLevel,
    Optional<SharedTilings> tilings,
    Function<ServerConfig, Estimates> alike)
    implements AutoCloseable {

  /** As configured. */
  static Estimates of(ServerConfig config) {
    Optional<SharedTilings> tilings =
        config.cache().memoBytes() == 0
            ? Optional.empty()
            : Optional.of(new SharedTilings(config.cache().memoBytes()));
    LocalEstimator estimator =
        new LocalEstimator(
            config.limits(), tilings.<TilingMemo>map(t -> t).orElse(TilingMemo.PER_EVALUATION));
    Admission admission = admission(config, 1);
    return (config.cache().maxBytes() == 0
            ? direct(admission, estimator, Estimates::of)
            : shared(config, admission, estimator, secondLevel(config)))
        .with(tilings);
  }

  /** Every request on its own, by any estimator and in its turn. */
  static Estimates direct(ServerConfig config, Estimator estimator) {
    return direct(admission(config, 0), estimator, other -> direct(other, estimator));
  }

  private static Estimates direct(
      Admission admission, Estimator estimator, Function<ServerConfig, Estimates> alike) {
    return new Estimates(
        new SimulationPool(new DirectEstimates(estimator), admission),
        Optional.empty(),
        SecondLevel.NONE,
        Optional.empty(),
        alike);
  }

  /** Answers are kept, and work is done once; every request in its turn. */
  static Estimates shared(ServerConfig config, LocalEstimator estimator, SecondLevel secondLevel) {
    return shared(config, admission(config, 0), estimator, secondLevel);
  }

  private static Estimates shared(
      ServerConfig config, Admission admission, LocalEstimator estimator, SecondLevel secondLevel) {
    AnswerCache cache = new AnswerCache(config.cache().maxBytes());
    SharedEstimates work = new SharedEstimates(estimator, cache, secondLevel);
    SimulationPool pool = new SimulationPool(work, admission);
    return new Estimates(pool, Optional.of(cache), secondLevel, Optional.empty(), Estimates::of);
  }

  private Estimates with(Optional<SharedTilings> known) {
    return new Estimates(pool, cache, secondLevel, known, alike);
  }

  private static SecondLevel secondLevel(ServerConfig config) {
    return config
        .cache()
        .redis()
        .<SecondLevel>map(redis -> new RedisAnswers(redis, BuildDigest.current(), System::nanoTime))
        .orElse(SecondLevel.NONE);
  }

  private static Admission admission(ServerConfig config, int passing) {
    return new Admission(
        new Admission.Limits(
            config.workers(),
            passing,
            config.queueCapacity(),
            config.maxPendingBytes(),
            config.maxWait().toNanos(),
            config.maxStandingWait().toNanos()));
  }

  ServerStatistics statistics() {
    return new ServerStatistics(
        pool.statistics(),
        cache.map(AnswerCache::statistics).orElse(ServerStatistics.Cache.NONE),
        secondLevel.statistics(),
        tilings.map(SharedTilings::statistics).orElse(ServerStatistics.Memo.NONE));
  }

  /** Takes no more; what is under way goes on. */
  @Override
  public void close() {
    pool.shutdown();
    secondLevel.close();
  }
}
