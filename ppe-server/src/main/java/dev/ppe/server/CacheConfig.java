package dev.ppe.server;

import java.util.Optional;

/**
 * What a server keeps of its answers.
 *
 * @param maxBytes memory for answers, 0 to 2^40; with 0 each request is worked out on its own
 * @param redis where replicas share theirs, if they do
 */
public record CacheConfig(long maxBytes, Optional<RedisConfig> redis) {
  /** An eighth of the heap, and nothing shared. */
  public static final CacheConfig DEFAULT =
      new CacheConfig(Runtime.getRuntime().maxMemory() / 8, Optional.empty());

  public CacheConfig {
    ServerConfig.requireRange("cacheBytes", maxBytes, 0, 1L << 40);
    if (maxBytes == 0 && redis.isPresent()) {
      throw new IllegalArgumentException("redisUrl is given, but cacheBytes is 0: nothing is kept");
    }
  }
}
