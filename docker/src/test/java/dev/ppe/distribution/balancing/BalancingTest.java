package dev.ppe.distribution.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ppe.client.PpeClient;
import dev.ppe.client.Target;
import dev.ppe.distribution.balancing.Proxy.Kind;
import dev.ppe.v1.EstimateResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three replicas behind each balancer, with its file as it is shipped: every one gets its share,
 * and one that is lost in the middle of the work, or replaced, costs no answer.
 *
 * <p>{@code -Dppe.balancing.requests=3000} makes more of it.
 */
class BalancingTest {
  private static final int REQUESTS = Integer.getInteger("ppe.balancing.requests", 240);

  /** Numbers of requests that are not counted. */
  private static final int FIRST = 12_000;

  private static final int FOR_CONNECTING = 3_000;

  /** A share may be off by this part of it: metrics are read while calls are under way. */
  private static final double TOLERANCE = 0.25;

  @TempDir private Path folder;

  private final List<Replica> replicas = new ArrayList<>();
  private final List<AutoCloseable> others = new ArrayList<>();

  @BeforeEach
  void startReplicas() throws Exception {
    try (ExecutorService starters = Executors.newFixedThreadPool(3)) {
      List<Callable<Replica>> three = Collections.nCopies(3, Replica::start);
      for (Future<Replica> started : starters.invokeAll(three)) {
        replicas.add(started.get());
      }
    }
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable other : others.reversed()) {
      other.close();
    }
    replicas.forEach(Replica::close);
  }

  @Test
  void theClientBalancesByItself() throws Exception {
    balances("client", replicas.stream().map(Replica::address).collect(Collectors.joining(",")));
  }

  @ParameterizedTest
  @EnumSource
  void proxiesBalance(Kind kind) throws Exception {
    assumeThat(kind.program()).as("the program of %s", kind).isPresent();
    Proxy proxy = Proxy.start(kind, replicas, folder);
    others.add(proxy);
    try {
      balances(kind.name(), proxy.address());
    } catch (AssertionError e) {
      e.addSuppressed(new AssertionError(proxy.log()));
      throw e;
    }
  }

  private void balances(String balancer, String target) throws Exception {
    Load load = new Load(PpeClient.connect(Target.parse(target), Load.deadline()));
    others.add(load);

    int asked = untilAllAreConnected(load);
    List<Long> early = answered(replicas);
    everyOneIsAnswered(load.start(0, REQUESTS), 0);
    List<Long> shares = differences(answered(replicas), early);
    report(balancer, "all three", shares);
    assertThat(shares).allSatisfy(share -> isAbout(share, REQUESTS / 3.0));

    List<Replica> survivors = replicas.subList(1, 3);
    List<Future<Optional<EstimateResponse>>> second =
        new ArrayList<>(load.start(REQUESTS, 2 * REQUESTS));
    load.awaitAnswered(asked + REQUESTS + REQUESTS / 4);
    List<Long> before = answered(survivors);
    replicas.getFirst().kill();
    second.addAll(load.start(2 * REQUESTS, 3 * REQUESTS)); // that much is left for certain
    everyOneIsAnswered(second, REQUESTS);
    List<Long> since = differences(answered(survivors), before);
    report(balancer, "one killed", since);
    long rest = since.stream().mapToLong(Long::longValue).sum();
    assertThat(rest).as("answers after the kill").isGreaterThanOrEqualTo(REQUESTS);
    assertThat(since).allSatisfy(share -> isAbout(share, rest / 2.0));

    List<Future<Optional<EstimateResponse>>> third = load.start(3 * REQUESTS, 4 * REQUESTS);
    load.awaitAnswered(asked + 3 * REQUESTS + REQUESTS / 4);
    assertThat(replicas.get(1).end()).as("exit code of a replica that was told to end").isZero();
    everyOneIsAnswered(third, 3 * REQUESTS);
    report(balancer, "another one told to end", answered(replicas.subList(2, 3)));
  }

  /**
   * Whoever is connected first gets all calls until the others are. Returns how many were asked.
   */
  private int untilAllAreConnected(Load load) throws Exception {
    for (int asked = 0; asked < FOR_CONNECTING; asked += 6) {
      everyOneIsAnswered(load.start(FIRST + asked, FIRST + asked + 6), FIRST + asked);
      if (answered(replicas).stream().allMatch(answers -> answers > 0)) {
        return asked + 6;
      }
    }
    throw new AssertionError("not all replicas are asked: " + answered(replicas));
  }

  /** And a few of the answers are looked at. */
  private static void everyOneIsAnswered(List<Future<Optional<EstimateResponse>>> asked, int from)
      throws Exception {
    int lost = 0;
    for (Future<Optional<EstimateResponse>> answer : asked) {
      lost += answer.get().isPresent() ? 0 : 1;
    }
    assertThat(lost).as("requests lost, of %d", asked.size()).isZero();
    try (PpeClient local = PpeClient.inProcess(Load.deadline())) {
      for (int i = 0; i < asked.size(); i += 97) {
        assertThat(asked.get(i).get()).contains(local.estimate(Load.request(from + i)));
      }
    }
  }

  private static void isAbout(long share, double fair) {
    assertThat((double) share).isBetween(fair * (1 - TOLERANCE), fair * (1 + TOLERANCE));
  }

  private static List<Long> answered(List<Replica> replicas) {
    return replicas.stream().map(Replica::answered).toList();
  }

  private static List<Long> differences(List<Long> after, List<Long> before) {
    List<Long> differences = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      differences.add(after.get(i) - before.get(i));
    }
    return differences;
  }

  private static void report(String balancer, String when, List<Long> shares) {
    System.out.printf("balancing by %s, %s: %s, none lost%n", balancer, when, shares);
  }
}
