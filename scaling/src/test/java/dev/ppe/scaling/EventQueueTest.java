package dev.ppe.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  @Test
  void eventsComeInTheOrderOfTheirTimes() {
    SplittableRandom random = new SplittableRandom(5);
    EventQueue queue = new EventQueue();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      long time = random.nextLong(1_000_000);
      times.add(time);
      queue.add(time, time + 1);
    }
    times.sort(null);
    for (long time : times) {
      assertThat(queue.time()).isEqualTo(time);
      assertThat(queue.remove()).isEqualTo(time + 1);
    }
    assertThat(queue.isEmpty()).isTrue();
  }
}
