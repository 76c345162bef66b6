package dev.ppe.simulator.dram;

import static dev.ppe.simulator.dram.Access.read;
import static dev.ppe.simulator.dram.Access.write;
import static dev.ppe.simulator.dram.TestPart.activity;
import static dev.ppe.simulator.dram.TestPart.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.dram.DramActivity.ChannelCycles;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every cycle in which a channel has something to move has one cause. */
class StallTest {
  @Test
  void openingARowIsARowMiss() {
    assertThat(activity(plain(), read(0, 0, 16)).cycles()).isEqualTo(cycles(8, 0, 0, 7));
  }

  @Test
  void anIdleChannelWaitsForNothing() {
    assertThat(activity(plain(), read(0, 0, 8), read(100, 8, 8)).cycles())
        .isEqualTo(cycles(8, 0, 0, 7 + 7));
  }

  @Test
  void turningTheBusAroundIsNamedBeforeTheRow() {
    // WR 7 holds the bus to 11, reads may start at 22, the other row may be read at 41.
    assertThat(activity(plain(), write(0, 0, 8), read(0, 256, 8)).cycles())
        .isEqualTo(cycles(8, 22 - 11, 0, 7 + 41 - 22));
  }

  @Test
  void aRefreshCostsFromWhereNothingStartsBeforeItAndTheRowAfterIt() {
    // ACT 9972 would do. From 9990 on nothing is read any more; ACT 10050, RD 10057.
    assertThat(activity(plain(), read(9_980, 0, 8)).cycles()).isEqualTo(cycles(4, 0, 60, 10 + 7));
    assertThat(activity(plain(), read(9_999, 0, 8)).cycles()).isEqualTo(cycles(4, 0, 51, 7));
    // An access in the midst of a refresh waits for the rest of it.
    assertThat(activity(plain(), read(10_040, 0, 8)).cycles()).isEqualTo(cycles(4, 0, 10, 7));
  }

  @Test
  void causesAddUpToTheTimeOfASingleAccess() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      DramTiming timing = RandomDrams.timing(random).withChannels(1);
      boolean write = random.nextBoolean();
      long start = random.nextInt(3000);
      Dram dram = new Dram(timing, timing.clockHz());
      long finish = dram.access(start, random.nextInt(1000), 1 + random.nextInt(5000), write);
      int latency = write ? timing.column().tCwl() : timing.column().tCl();

      assertThat(dram.activity(finish).cycles().total()).isEqualTo(finish - latency - start);
    }
  }

  private static ChannelCycles cycles(long data, long turnaround, long refresh, long rowMiss) {
    return new ChannelCycles(data, turnaround, refresh, rowMiss);
  }
}
