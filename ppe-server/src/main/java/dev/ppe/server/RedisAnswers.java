package dev.ppe.server;

import dev.ppe.wire.AnswerKey;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers in a Redis, under {@code ppe:answer:}, the build that made them and their key, each with
 * its check sum before it: what is damaged is not there, nor what another build has left.
 *
 * <p>Nothing waits for it for longer than the configured time, and nothing fails with it. When it
 * does not answer, a {@link CircuitBreaker} keeps requests from waiting in vain, and a new
 * connection is tried with each question that the breaker lets through. Large answers are not put
 * there: they would be late, and open the breaker for all others.
 */
final class RedisAnswers implements SecondLevel {
  private static final Logger log = LoggerFactory.getLogger(RedisAnswers.class);
  private static final String PREFIX = "ppe:answer:";
  private static final int MOST_UNDER_WAY = 256;

  /** A larger answer takes Redis and the way to it longer than it is waited for. */
  static final int MOST_BYTES = 1 << 20;

  private final RedisConfig config;
  private final String prefix;
  private final ClientResources resources =
      DefaultClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
  private final RedisClient client;
  private final CircuitBreaker breaker;
  private final AtomicInteger underWay = new AtomicInteger();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private CompletableFuture<StatefulRedisConnection<String, byte[]>> connection;

  /**
   * Begins to connect.
   *
   * @param build whose answers they are: replicas of another one do not see them
   * @param nanoTime the clock that pauses are measured with
   */
  RedisAnswers(RedisConfig config, String build, LongSupplier nanoTime) {
    this.config = config;
    prefix = PREFIX + build + ":";
    breaker = new CircuitBreaker(nanoTime);
    client = RedisClient.create(resources, config.uri());
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(2 * MOST_UNDER_WAY)
            .socketOptions(SocketOptions.builder().connectTimeout(Duration.ofSeconds(1)).build())
            .build());
    connection = connect();
  }

  @Override
  public Optional<CompletionStage<Optional<byte[]>>> get(AnswerKey key) {
    return ask(
        () -> connection().thenCompose(to -> to.async().get(prefix + key.hex())),
        value -> opened(key, value));
  }

  /** What Redis has under a key, if it is the answer. */
  private Optional<byte[]> opened(AnswerKey key, Optional<byte[]> value) {
    Optional<byte[]> answer = value.flatMap(bytes -> CheckedBytes.open(key, bytes));
    (answer.isPresent() ? hits : misses).increment();
    return answer;
  }

  @Override
  public void put(AnswerKey key, byte[] answer) {
    if (answer.length > MOST_BYTES) {
      skipped.increment();
      return;
    }
    var unused =
        ask(
            () -> {
              byte[] value = CheckedBytes.seal(key, answer);
              return connection().thenCompose(to -> set(to, key, value));
            },
            done -> done);
  }

  private CompletionStage<String> set(
      StatefulRedisConnection<String, byte[]> to, AnswerKey key, byte[] value) {
    return to.async().set(prefix + key.hex(), value, SetArgs.Builder.ex(config.keepSeconds()));
  }

  /**
   * Asks, unless there is no sense in it now.
   *
   * @param heard makes the answer of what Redis has said, which may be that it has nothing
   * @return the answer, none if Redis does not speak in time; nothing at all if it is not asked
   */
  private <T, A> Optional<CompletionStage<Optional<A>>> ask(
      Supplier<CompletableFuture<T>> question, Function<Optional<T>, Optional<A>> heard) {
    if (underWay.get() >= MOST_UNDER_WAY || !breaker.enter()) {
      skipped.increment();
      return Optional.empty();
    }
    underWay.incrementAndGet();
    return Optional.of(
        begun(question)
            .orTimeout(config.timeoutMillis(), TimeUnit.MILLISECONDS)
            .handle(
                (reply, failure) -> {
                  underWay.decrementAndGet();
                  ended(Optional.ofNullable(failure));
                  return failure == null
                      ? heard.apply(Optional.ofNullable(reply))
                      : Optional.empty();
                }));
  }

  /** What the breaker let through succeeds or fails, even if it cannot begin. */
  private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> question) {
    try {
      return question.get();
    } catch (Throwable failure) { // out of memory, say
      return CompletableFuture.failedFuture(failure);
    }
  }

  private void ended(Optional<Throwable> failure) {
    if (failure.isPresent()) {
      failures.increment();
      if (breaker.failed()) {
        log.warn("{} does not answer: {}", config, reason(failure.get()));
        reconnect();
      }
    } else if (breaker.succeeded()) {
      log.info("{} answers again", config);
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause.getClass().getSimpleName();
  }

  private synchronized CompletableFuture<StatefulRedisConnection<String, byte[]>> connection() {
    if (connection.isCompletedExceptionally()) {
      connection = connect();
    }
    return connection;
  }

  /** The next question gets another one: this one may lead to a machine that is no more. */
  private synchronized void reconnect() {
    var unused = connection.thenCompose(StatefulRedisConnection::closeAsync);
    connection = connect();
  }

  private CompletableFuture<StatefulRedisConnection<String, byte[]>> connect() {
    try {
      return client
          .connectAsync(RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE), config.uri())
          .toCompletableFuture();
    } catch (RuntimeException e) { // a client that is closed, say
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public ServerStatistics.SecondLevel statistics() {
    return new ServerStatistics.SecondLevel(
        breaker.closed(), hits.sum(), misses.sum(), failures.sum(), skipped.sum());
  }

  @Override
  public void close() {
    var unused = client.shutdownAsync(0, 1, TimeUnit.SECONDS).thenRun(this::stopThreads);
  }

  private void stopThreads() {
    var unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
