package dev.ppe.simulator.dram;

import static dev.ppe.simulator.dram.Access.read;
import static dev.ppe.simulator.dram.Access.write;
import static dev.ppe.simulator.dram.TestPart.finish;
import static dev.ppe.simulator.dram.TestPart.plain;
import static dev.ppe.simulator.dram.TestPart.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Reads and writes within an open row. ACT, RD and WR are the cycles of the commands. */
class ColumnTimingTest {
  @Test
  void aReadHasEndedAfterItsLatencyAndItsBurst() {
    // ACT 0, RD 0 + tRCD 7 = 7, data 7 + tCL 10 = 17 to 17 + 4.
    assertThat(finish(plain(), read(0, 0, 8))).isEqualTo(21);
  }

  @Test
  void aWriteHasEndedAfterItsLatencyAndItsBurst() {
    // ACT 0, WR 7, data 7 + tCWL 6 = 13 to 13 + 4.
    assertThat(finish(plain(), write(0, 0, 8))).isEqualTo(17);
  }

  @Test
  void burstsOfARowFollowEachOtherWithoutAGap() {
    // The first ends at 21, the other seven of the row each 4 cycles later.
    assertThat(finish(plain(), read(0, 0, 64))).isEqualTo(21 + 7 * 4);
  }

  @Test
  void anAccessFollowsTheOneBeforeWithoutWaitingForItsData() {
    // RD 7, ACT 7 in the next bank, RD 14, data 24 to 28.
    assertThat(finish(plain(), read(0, 0, 8), read(0, 64, 8))).isEqualTo(28);
  }

  @Test
  void aWriteAfterAReadWaitsForTheBusToTurnAround() {
    // RD 7, WR 7 + tRTW 12 = 19, data 25 to 29.
    assertThat(finish(plain(), read(0, 0, 8), write(0, 64, 8))).isEqualTo(29);
    assertThat(finish(with(part -> part.tRtw = 13), read(0, 0, 8), write(0, 64, 8))).isEqualTo(30);
  }

  @Test
  void aReadAfterAWriteWaitsForTheDataToBeWritten() {
    // WR 7, last beat 7 + tCWL 6 + 4 = 17, RD 17 + tWTR 5 = 22, data 32 to 36.
    assertThat(finish(plain(), write(0, 0, 8), read(0, 64, 8))).isEqualTo(36);
    assertThat(finish(with(part -> part.tWtr = 9), write(0, 0, 8), read(0, 64, 8))).isEqualTo(40);
  }

  @Test
  void aBusThatHasTurnedAroundLongAgoCostsNothing() {
    // WR 7; ACT 15, and RD 22 as soon as the bus has turned, data 32 to 36.
    assertThat(finish(plain(), write(0, 0, 8), read(15, 64, 8))).isEqualTo(36);
    assertThat(finish(plain(), write(0, 0, 8), read(16, 64, 8))).isEqualTo(37);
  }
}
