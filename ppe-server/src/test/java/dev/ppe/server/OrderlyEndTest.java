package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All that a server waits for at its end, together, on a clock that the waiting itself moves. */
class OrderlyEndTest {
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Steps steps = new Steps();
  private final OrderlyEnd end = new OrderlyEnd(steps, () -> steps.now);

  @Test
  void allWaitingTogetherTakesNoLongerThanDrainAndGrace() throws InterruptedException {
    steps.takes(Map.of("calls", 20L, "connections", 3600L));
    assertThat(end.run(DRAIN, GRACE)).isZero();
    assertThat(steps.now()).isLessThanOrEqualTo(DRAIN.plus(GRACE));
  }

  @Test
  void callsThatDoNotEndTakeAllOfTheGraceAndNoMore() throws InterruptedException {
    steps.takes(Map.of("calls", 3600L));
    assertThat(end.run(DRAIN, GRACE)).isEqualTo(1);
    assertThat(steps.now()).isEqualTo(DRAIN.plus(GRACE));
    assertThat(steps.done).containsExactly("drain", "refuse", "calls");
  }

  @Test
  void connectionsAreWaitedForAsLongAsClientsMayTakeToHearOfTheirEnd() throws InterruptedException {
    steps.takes(Map.of("connections", 3600L));
    assertThat(end.run(DRAIN, GRACE)).isZero();
    assertThat(steps.now()).isEqualTo(DRAIN.plus(OrderlyEnd.FAREWELL));
  }

  @Test
  void withoutConnectionsNobodyNeedsTimeToLookElsewhere() throws InterruptedException {
    steps.connected = false;
    assertThat(end.run(DRAIN, GRACE)).isZero();
    assertThat(steps.done).containsExactly("refuse", "calls", "connections", "calls");
    assertThat(steps.now()).isZero();
  }

  @Test
  void withoutGraceNothingIsWaitedFor() throws InterruptedException {
    steps.takes(Map.of("connections", 3600L));
    assertThat(end.run(DRAIN, Duration.ZERO)).isZero();
    assertThat(steps.now()).isEqualTo(DRAIN);
  }

  private static final class Steps implements OrderlyEnd.Steps {
    final List<String> done = new ArrayList<>();
    private final Map<String, Long> seconds = new HashMap<>();
    boolean connected = true;
    long now;

    void takes(Map<String, Long> takes) {
      seconds.putAll(takes);
    }

    Duration now() {
      return Duration.ofNanos(now);
    }

    /** Waits for something that takes a time, once; returns whether that came about. */
    private boolean await(String what, Duration patience) {
      done.add(what);
      Duration takes = Duration.ofSeconds(seconds.getOrDefault(what, 0L));
      boolean came = takes.compareTo(patience) <= 0;
      now += (came ? takes : patience).toNanos();
      if (came) {
        seconds.remove(what);
      }
      return came;
    }

    @Override
    public boolean connected() {
      return connected;
    }

    @Override
    public void drain(Duration time) {
      done.add("drain");
      now += time.toNanos();
    }

    @Override
    public void refuse() {
      done.add("refuse");
    }

    @Override
    public int awaitCalls(Duration patience) {
      return await("calls", patience) ? 0 : 1;
    }

    @Override
    public void awaitConnections(Duration patience) {
      await("connections", patience);
    }
  }
}
