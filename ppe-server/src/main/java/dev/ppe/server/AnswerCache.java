package dev.ppe.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers by what they depend on, as bytes, and bounded in bytes. Two kinds of keys share the room,
 * and so what is of use stays: an {@link dev.ppe.wire.AnswerKey} has the answer free of names, a
 * {@link RequestDigest} that of one request, names and all.
 *
 * <p>Caffeine keeps what is asked for often and lately (window TinyLFU). Safe for use by many
 * threads.
 */
final class AnswerCache {
  /** What an entry takes beside its bytes: the key with its text, and Caffeine's node. */
  private static final int ENTRY_BYTES = 256;

  private final Cache<Record, byte[]> answers;
  private final LongAdder requestHits = new LongAdder();
  private final LongAdder hits = new LongAdder();
  private final LongAdder computed = new LongAdder();
  private final LongAdder shared = new LongAdder();

  /** A cache of so many bytes; what is larger than that is not kept. */
  AnswerCache(long maxBytes) {
    answers =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Record key, byte[] answer) -> ENTRY_BYTES + answer.length)
            .executor(Runnable::run) // no threads of its own
            .recordStats()
            .build();
  }

  /** The answer, if it is there. */
  Optional<byte[]> get(Record key) {
    return Optional.ofNullable(answers.getIfPresent(key));
  }

  /** Keeps an answer, whose bytes do not change any more. */
  void put(Record key, byte[] answer) {
    answers.put(key, answer);
  }

  /** A request was answered under the digest of its bytes. */
  void countRequestHit() {
    requestHits.increment();
  }

  /** A request that a worker took was answered. */
  void count(CacheStatus status) {
    switch (status) {
      case HIT -> hits.increment();
      case COMPUTED -> computed.increment();
      case SHARED -> shared.increment();
    }
  }

  /** How full it is and what it was good for. */
  ServerStatistics.Cache statistics() {
    return new ServerStatistics.Cache(
        answers.estimatedSize(),
        answers.policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L),
        requestHits.sum(),
        hits.sum(),
        computed.sum(),
        shared.sum(),
        answers.stats().evictionCount());
  }
}
