package dev.ppe.simulator.dram;

import static dev.ppe.simulator.dram.Access.read;
import static dev.ppe.simulator.dram.Access.write;
import static dev.ppe.simulator.dram.TestPart.activity;
import static dev.ppe.simulator.dram.TestPart.finish;
import static dev.ppe.simulator.dram.TestPart.plain;
import static dev.ppe.simulator.dram.TestPart.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Opening and closing rows. Row 0 of bank 0 begins at address 0, row 0 of bank 1 at 64, row 1 of
 * bank 0 at 256.
 */
class RowTimingTest {
  @Test
  void everyAccessFindsItsRowsClosed() {
    // ACT 1000, RD 1000 + tRCD 7 = 1007, data 1017 to 1021: in another bank, another row, the same.
    assertThat(finish(plain(), read(0, 0, 8), read(1000, 64, 8))).isEqualTo(1021);
    assertThat(finish(plain(), read(0, 0, 8), read(1000, 256, 8))).isEqualTo(1021);
    assertThat(finish(plain(), read(0, 0, 8), read(1000, 0, 8))).isEqualTo(1021);
  }

  @Test
  void aRowStaysOpenForTras() {
    // ACT 0, RD 7, PRE 0 + tRAS 20 = 20, ACT 20 + tRP 8 = 28, RD 35, data 45 to 49.
    assertThat(finish(plain(), read(0, 0, 8), read(0, 256, 8))).isEqualTo(49);
    assertThat(finish(plain(), read(0, 0, 8), read(0, 8, 8))).isEqualTo(49); // the same row again
  }

  @Test
  void aRowStaysOpenForTrtpAfterARead() {
    // tRAS is over at 7. RD 7, PRE 7 + tRTP 3 = 10, ACT 18, RD 25, data 35 to 39.
    DramTiming shortRows = with(part -> part.tRas = 7);
    assertThat(finish(shortRows, read(0, 0, 8), read(0, 256, 8))).isEqualTo(39);
  }

  @Test
  void aRowStaysOpenForTwrAfterTheLastBeatOfAWrite() {
    // WR 7, last beat 17, PRE 17 + tWR 9 = 26, ACT 34, RD 41, data 51 to 55.
    assertThat(finish(plain(), write(0, 0, 8), read(0, 256, 8))).isEqualTo(55);
  }

  @Test
  void activatesOfAChannelAreTrrdApart() {
    // ACT 0, RD 7; ACT 0 + tRRD 15 = 15 in the other bank, RD 22, data 32 to 36.
    DramTiming slow = with(part -> part.tRrd = 15);
    assertThat(finish(slow, read(0, 0, 8), read(0, 64, 8))).isEqualTo(36);
  }

  @Test
  void theNextRowOfAnAccessIsOpenedWhileTheOneBeforeIsRead() {
    // ACT 0, RD 7; ACT 0 + tRRD 6 = 6 in the other bank, RD 6 + tRCD 7 = 13, data 23 to 27.
    assertThat(finish(plain(), read(0, 56, 16))).isEqualTo(27);
    // With four bursts in the first row nothing of it is seen: RD 7, 11, 15, 19, 23.
    assertThat(finish(plain(), read(0, 32, 40))).isEqualTo(37);
  }

  @Test
  void withOneBankTheNextRowWaitsForTheOneBefore() {
    // ACT 0, RD 7, PRE 20, ACT 28, RD 35, data 45 to 49.
    assertThat(finish(with(part -> part.banks = 1), read(0, 56, 16))).isEqualTo(49);
  }

  @Test
  void theFirstRowOfAnAccessWaitsForTheLastCommandOfTheOneBefore() {
    // RD 7 to 35; ACT 35, RD 42, data 52 to 56. In one access RD 39 would do.
    assertThat(finish(plain(), read(0, 0, 64), read(0, 64, 8))).isEqualTo(56);
    assertThat(finish(plain(), read(0, 0, 72))).isEqualTo(53);
  }

  @Test
  void aFifthActivateIsTfawAfterTheFirst() {
    // One burst a row. ACT 0, 6, 12, 18, then 0 + tFAW; RD 7 later, data 10 to 14 after that.
    DramTiming narrow = with(part -> configureNarrow(part, 30));
    assertThat(finish(narrow, read(0, 0, 32))).isEqualTo(18 + 7 + 14);
    assertThat(finish(narrow, read(0, 0, 40))).isEqualTo(30 + 7 + 14);
    assertThat(finish(with(part -> configureNarrow(part, 45)), read(0, 0, 40)))
        .isEqualTo(45 + 7 + 14);
  }

  private static void configureNarrow(TestPart part, int tFaw) {
    part.rowBytes = 8;
    part.banks = 8;
    part.tFaw = tFaw;
  }

  @Test
  void everyAccessActivatesEachOfItsRowsOnce() {
    assertThat(activity(plain(), read(0, 0, 640)).activates()).isEqualTo(10);
    assertThat(activity(plain(), read(0, 0, 8), read(0, 8, 8), write(50, 0, 64)).activates())
        .isEqualTo(3);
    assertThat(activity(plain(), read(0, 0, 8), read(0, 256, 8), read(0, 0, 8)).activates())
        .isEqualTo(3);
  }
}
