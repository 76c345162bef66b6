package dev.ppe.server;

import java.util.Optional;

/**
 * What a server keeps of its answers, and of the work for them.
 *
 * @param maxBytes memory for answers, 0 to 2^40; with 0 each request is worked out on its own
 * @param memoBytes memory for how layers are cut over the PEs, 0 to 2^40; with 0 it is searched
 *     anew for each network
 * @param redis where replicas share their answers, if they do
 */
public record CacheConfig(long maxBytes, long memoBytes, Optional<RedisConfig> redis) {
  private static final long ENOUGH_FOR_LAYERS = 64 << 20;

  /** An eighth of the heap, a little for layers, and nothing shared. */
  public static final CacheConfig DEFAULT =
      new CacheConfig(
          Runtime.getRuntime().maxMemory() / 8,
          Math.min(Runtime.getRuntime().maxMemory() / 32, ENOUGH_FOR_LAYERS),
          Optional.empty());

  public CacheConfig {
    ServerConfig.requireRange("cacheBytes", maxBytes, 0, 1L << 40);
    ServerConfig.requireRange("memoBytes", memoBytes, 0, 1L << 40);
    if (maxBytes == 0 && redis.isPresent()) {
      throw new IllegalArgumentException("redisUrl is given, but cacheBytes is 0: nothing is kept");
    }
  }
}
