package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By a worker that takes one unit of time for each request, which come at random. */
class StandingQueueTest {
  private static final int ARRIVALS = 100_000;

  /** How many of the arrivals at so many a unit of time find a queue that stands. */
  private static int standing(double rate, int mostWaiting) {
    SplittableRandom random = new SplittableRandom(1);
    StandingQueue queue = new StandingQueue();
    double work = 0; // that is not done yet
    int standing = 0;
    for (int i = 0; i < ARRIVALS; i++) {
      work = Math.max(0, work + Math.log(1 - random.nextDouble()) / rate);
      queue.arrival(work > 1, i);
      standing += queue.stands() ? 1 : 0;
      work += work < mostWaiting ? 1 : 0; // else it is refused
    }
    return standing;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.7})
  void aServerAtEaseHasBursts(double rate) {
    assertThat(standing(rate, Integer.MAX_VALUE)).isLessThan(ARRIVALS / 1000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, 3, 10})
  void anOverloadedServersQueueStandsAlthoughItIsShort(double rate) {
    assertThat(standing(rate, 6)).isGreaterThan(ARRIVALS * 9 / 10);
  }

  @Test
  void itEndsWithTheOverload() {
    StandingQueue queue = new StandingQueue();
    for (int i = 0; i < 1000; i++) {
      queue.arrival(true, i);
    }
    assertThat(queue.stands()).isTrue();
    for (int i = 0; i < 10; i++) {
      queue.arrival(false, 1000 + i);
    }
    assertThat(queue.stands()).isFalse();
  }

  @Test
  void nothingIsLeftOfItAfterAPause() {
    StandingQueue queue = new StandingQueue();
    for (int i = 0; i < 1000; i++) {
      queue.arrival(true, i);
    }
    queue.arrival(true, 2_000_000_000);
    assertThat(queue.stands()).isFalse();
  }
}
