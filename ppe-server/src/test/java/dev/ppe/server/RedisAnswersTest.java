package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ppe.simulator.Interruption;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.AnswerKey;
import dev.ppe.wire.LocalEstimator;
import dev.ppe.wire.ServiceLimits;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Answers that replicas share through a real Redis, which may be slow, gone or full of nonsense.
 */
class RedisAnswersTest {
  private static final LocalEstimator LOCAL = new LocalEstimator(ServiceLimits.DEFAULT);
  private static final AnswerKey KEY = new AnswerKey("00ff");
  private static final AnswerKey OTHER_KEY = new AnswerKey("0100");
  private static final String BUILD = "0123456789abcdef";
  private static final String STORED = "ppe:answer:" + BUILD + ":" + KEY.hex();
  private static final byte[] ANSWER = {1, 2, 3};

  private final AtomicLong now = new AtomicLong();
  private RedisServer redis;
  private RedisAnswers answers;

  @BeforeEach
  void start() throws Exception {
    redis = RedisServer.start();
    answers = new RedisAnswers(new RedisConfig(redis.url(), 10_000, 60), BUILD, now::get);
    assertThat(get()).isEmpty(); // once it is connected
  }

  @AfterEach
  void stop() {
    if (redis != null) {
      answers.close();
      redis.close();
    }
  }

  private Optional<byte[]> get() throws Exception {
    return get(answers);
  }

  private static Optional<byte[]> get(RedisAnswers answers) throws Exception {
    return answers.get(KEY).orElseThrow().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** Asks until the breaker opens. Every question is answered all the same. */
  private void failUntilItOpens() throws Exception {
    long misses = answers.statistics().misses();
    for (int i = 0; i < CircuitBreaker.THRESHOLD; i++) {
      assertThat(get()).isEmpty();
    }
    assertThat(answers.get(KEY)).as("not asked").isEmpty();
    assertThat(answers.statistics())
        .as("what Redis has not said is no miss")
        .isEqualTo(new ServerStatistics.SecondLevel(false, 0, misses, CircuitBreaker.THRESHOLD, 1));
  }

  @Test
  void whatWasPutIsThere() throws Exception {
    answers.put(KEY, ANSWER); // before the question, on the same connection
    assertThat(get()).contains(ANSWER);
    assertThat(answers.statistics()).isEqualTo(new ServerStatistics.SecondLevel(true, 1, 1, 0, 0));
  }

  @Test
  void nonsenseIsNoAnswer() throws Exception {
    try (RedisClient client = RedisClient.create(redis.url());
        var connection = client.connect()) {
      connection.sync().set(STORED, "nonsense");
      assertThat(get()).isEmpty();
      connection.sync().del(STORED);
      connection.sync().lpush(STORED, "of another type");
      assertThat(get()).isEmpty();
    }
  }

  @Test
  void whatAnotherBuildHasLeftIsNotThere() throws Exception {
    answers.put(KEY, ANSWER);
    assertThat(get()).isPresent();
    RedisConfig config = new RedisConfig(redis.url(), 10_000, 60);
    try (RedisAnswers other = new RedisAnswers(config, "fedcba9876543210", now::get)) {
      assertThat(get(other)).isEmpty();
      assertThat(other.statistics().misses()).isEqualTo(1);
    }
  }

  @Test
  void answersStayForTheTimeThatIsConfigured() throws Exception {
    answers.put(KEY, ANSWER);
    assertThat(get()).isPresent();
    try (RedisClient client = RedisClient.create(redis.url());
        var connection = client.connect()) {
      assertThat(connection.sync().ttl(STORED)).isBetween(1L, 60L);
    }
  }

  @Test
  void oneThatIsGoneIsAskedAgainAfterAPause() throws Exception {
    redis.stop();
    failUntilItOpens();

    redis.startAgain();
    now.addAndGet(CircuitBreaker.FIRST_PAUSE);
    assertThat(answers.statistics().available()).isFalse(); // nobody has asked it yet
    assertThat(get()).isEmpty();
    assertThat(answers.statistics().available()).isTrue();
    answers.put(KEY, ANSWER);
    assertThat(get()).contains(ANSWER);
  }

  @Test
  void oneThatIsSlowIsNotWaitedFor() throws Exception {
    answers.close();
    answers = new RedisAnswers(new RedisConfig(redis.url(), 10, 60), BUILD, now::get);
    redis.freeze();
    failUntilItOpens();
    redis.thaw();
  }

  @Test
  void largeAnswersAreNotPutThere() throws Exception {
    byte[] large = new byte[RedisAnswers.MOST_BYTES];
    answers.put(KEY, large);
    assertThat(get()).contains(large);
    answers.put(OTHER_KEY, new byte[RedisAnswers.MOST_BYTES + 1]);
    assertThat(answers.get(OTHER_KEY).orElseThrow().toCompletableFuture().get(30, TimeUnit.SECONDS))
        .isEmpty();
    assertThat(answers.statistics()).isEqualTo(new ServerStatistics.SecondLevel(true, 1, 2, 0, 1));
  }

  @Test
  void whatIsNotPutThereIsNotSealedEither() throws Exception {
    redis.stop();
    failUntilItOpens();
    byte[] answer = new byte[RedisAnswers.MOST_BYTES];
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    answers.put(KEY, answer);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(answer.length);
    assertThat(answers.statistics().skipped()).isEqualTo(2);
  }

  @Test
  void oneThatIsClosedHasNoAnswers() throws Exception {
    answers.close();
    answers = new RedisAnswers(new RedisConfig(redis.url(), 10, 60), BUILD, now::get);
    answers.close();
    redis.stop();
    for (int i = 0; i < 2 * CircuitBreaker.THRESHOLD; i++) {
      now.addAndGet(CircuitBreaker.LONGEST_PAUSE);
      assertThat(get()).isEmpty();
    }
  }

  private Loopback replica(int timeoutMillis) throws IOException {
    return Loopback.start(
        Map.of("redisUrl", redis.url(), "redisTimeoutMillis", timeoutMillis, "workers", 1));
  }

  private static void assertAnswered(Loopback replica, EstimateRequest request) {
    assertThat(replica.blocking().estimate(request).toByteString())
        .isEqualTo(LOCAL.estimate(request, Interruption.NEVER).toByteString());
  }

  @Test
  void whatOneReplicaHasWorkedOutTheOtherFinds() throws Exception {
    try (Loopback one = replica(10_000);
        Loopback two = replica(10_000)) {
      assertAnswered(one, Requests.named("first"));
      assertThat(one.server.statistics().cache().computed()).isEqualTo(1);
      assertAnswered(one, Requests.of(Requests.chain(4))); // the first is there by now
      assertAnswered(two, Requests.named("second"));
      assertThat(two.server.statistics().cache().computed()).isZero();
      assertThat(two.server.statistics().secondLevel().hits()).isEqualTo(1);
    }
  }

  @Test
  void aServerGoesOnWithoutIt() throws Exception {
    try (Loopback replica = replica(10)) {
      redis.freeze();
      for (int i = 1; i <= 10; i++) {
        assertAnswered(replica, Requests.of(Requests.chain(i)));
      }
      redis.stop();
      for (int i = 11; i <= 20; i++) {
        assertAnswered(replica, Requests.of(Requests.chain(i)));
      }
      assertThat(replica.server.statistics().cache().computed()).isEqualTo(20);
      assertThat(replica.server.statistics().secondLevel().failures())
          .isGreaterThanOrEqualTo(CircuitBreaker.THRESHOLD);
    }
  }

  @Test
  void aServerStartsWithoutIt() throws Exception {
    redis.stop();
    try (Loopback replica = replica(10)) {
      assertAnswered(replica, Requests.small());
    }
  }
}
