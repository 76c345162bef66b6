package dev.ppe.server;

import io.lettuce.core.RedisURI;
import java.time.Duration;

/**
 * A Redis that replicas share.
 *
 * @param url {@code redis://host:port}, {@code rediss://...} with TLS; may hold a password
 * @param timeoutMillis how long its answer is waited for, 1 to 10,000
 * @param keepSeconds how long answers stay, 1 to 2^31 - 1
 */
public record RedisConfig(String url, int timeoutMillis, int keepSeconds) {
  /** Much more than a healthy one takes, and less than most estimates. */
  public static final int DEFAULT_TIMEOUT_MILLIS = 20;

  /** A week. */
  public static final int DEFAULT_KEEP_SECONDS = 604_800;

  public RedisConfig {
    uri(url);
    ServerConfig.requireRange("redisTimeoutMillis", timeoutMillis, 1, 10_000);
    ServerConfig.requireRange("redisKeepSeconds", keepSeconds, 1, Integer.MAX_VALUE);
  }

  RedisURI uri() {
    return uri(url);
  }

  Duration timeout() {
    return Duration.ofMillis(timeoutMillis);
  }

  private static RedisURI uri(String url) {
    try {
      return RedisURI.create(url);
    } catch (RuntimeException e) { // its message may repeat the password
      throw new IllegalArgumentException(
          "redisUrl is no address of a Redis, must be like redis://127.0.0.1:6379");
    }
  }

  /** Without the address, which may hold a password. */
  @Override
  public String toString() {
    return "RedisConfig[%s:%d]".formatted(uri().getHost(), uri().getPort());
  }
}
