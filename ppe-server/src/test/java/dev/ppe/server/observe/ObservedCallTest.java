package dev.ppe.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.server.observe.RequestRecord.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From when on a request's time counts. */
class ObservedCallTest {
  private final List<RequestRecord> records = new ArrayList<>();

  private ObservedCall call(boolean oneMessage) {
    return new ObservedCall(
        "a-1", "Estimate", oneMessage, List.of((record, failure) -> records.add(record)));
  }

  private static Instant later(Instant time) {
    Instant now = Instant.now();
    while (!now.isAfter(time)) {
      now = Instant.now();
    }
    return now;
  }

  @Test
  void theOnlyRequestOfACallCountsFromTheCallOn() {
    ObservedCall call = call(true);
    Instant begun = later(Instant.now());
    call.begin(Task.NONE).answered();
    assertThat(records).hasSize(1);
    assertThat(records.getFirst().start()).isBefore(begun);
  }

  @Test
  void oneOfAStreamCountsFromItsOwnArrivalOn() {
    ObservedCall call = call(false);
    Duration minute = Duration.ofMinutes(1);
    Arrival arrival = new Arrival(Instant.EPOCH, System.nanoTime() - minute.toNanos());
    call.begin(Task.NONE, arrival).answered();
    assertThat(records.getFirst().start()).isEqualTo(Instant.EPOCH);
    assertThat(records.getFirst().nanos()).isGreaterThanOrEqualTo(minute.toNanos());
    assertThat(records.getFirst().id()).isEqualTo("a-1/1");
  }
}
