package dev.ppe.simulator.dram;

import static dev.ppe.simulator.dram.Access.read;
import static dev.ppe.simulator.dram.Access.write;
import static dev.ppe.simulator.dram.TestPart.activity;
import static dev.ppe.simulator.dram.TestPart.finish;
import static dev.ppe.simulator.dram.TestPart.plain;
import static dev.ppe.simulator.dram.TestPart.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Refreshes are at 10,000, 20,000, ... and take tRFC 50. */
class RefreshTimingTest {
  /** ACT, RD and data of a single read in a closed bank. */
  private static final int READ = 7 + 10 + 4;

  @Test
  void anAccessWaitsForTheEndOfARefresh() {
    // REF 10000, ACT 10050.
    assertThat(finish(plain(), read(10_000, 0, 8))).isEqualTo(10_050 + READ);
    assertThat(finish(plain(), read(10_049, 0, 8))).isEqualTo(10_050 + READ);
    assertThat(finish(plain(), read(10_051, 0, 8))).isEqualTo(10_051 + READ);
  }

  @Test
  void aRefreshIsOnTimeWhateverWasReadBefore() {
    assertThat(finish(plain(), read(0, 0, 8), read(10_000, 0, 8))).isEqualTo(10_050 + READ);
    assertThat(finish(plain(), read(9_972, 0, 8), read(10_000, 0, 8))).isEqualTo(10_050 + READ);
    assertThat(finish(plain(), read(0, 0, 8), read(20_000, 0, 8))).isEqualTo(20_050 + READ);
  }

  @Test
  void noRowIsActivatedThatCouldNotBeClosedInTime() {
    // ACT 9972, PRE 9972 + tRAS 20 = 9992, REF 9992 + tRP 8 = 10000.
    assertThat(finish(plain(), read(9_972, 0, 8))).isEqualTo(9_972 + READ);
    assertThat(finish(plain(), read(9_973, 0, 8))).isEqualTo(10_050 + READ);
    assertThat(activity(plain(), read(9_973, 0, 8)).activates()).isEqualTo(1);
  }

  @Test
  void noReadStartsAfterWhichItsRowCouldNotBeClosedInTime() {
    // ACT 9954, RD 9961 to 9989, PRE 9989 + tRTP 3 = 9992, REF 10000.
    assertThat(finish(plain(), read(9_954, 0, 64))).isEqualTo(9_989 + 14);
    // RD 9962 to 9986, and the eighth in the row that is opened again at 10050.
    assertThat(finish(plain(), read(9_955, 0, 64))).isEqualTo(10_050 + READ);
    assertThat(activity(plain(), read(9_955, 0, 64)).activates()).isEqualTo(2);
  }

  @Test
  void noWriteStartsAfterWhichItsRowCouldNotBeClosedInTime() {
    // ACT 9958, WR 9965, 9969, 9973, last beat 9983, PRE 9983 + tWR 9 = 9992, REF 10000.
    assertThat(finish(plain(), write(9_958, 0, 24))).isEqualTo(9_983);
    // WR 9966, 9970; ACT 10050, WR 10057, last beat 10067.
    assertThat(finish(plain(), write(9_959, 0, 24))).isEqualTo(10_067);
  }

  @Test
  void aRowIsOpenedAheadOnlyIfItCouldBeClosedInTime() {
    // ACT 9966 and 9972, RD 9973 and 9979.
    assertThat(finish(plain(), read(9_966, 56, 16))).isEqualTo(9_979 + 14);
    // ACT 9967, the other would be at 9973; RD 9974, ACT 10050, RD 10057.
    assertThat(finish(plain(), read(9_967, 56, 16))).isEqualTo(10_057 + 14);
    assertThat(activity(plain(), read(9_967, 56, 16)).activates()).isEqualTo(2);
  }

  @Test
  void idleRefreshesAreCountedAndCostNothingLater() {
    Dram dram = new Dram(with(part -> part.channels = 2), TestPart.CLOCK_HZ);
    dram.access(0, 0, 8, false);
    assertThat(dram.activity(9_999).refreshes()).isZero();
    assertThat(dram.activity(10_000).refreshes()).isEqualTo(2);
    assertThat(dram.access(7_000_000_000L + 5_000, 0, 8, false))
        .isEqualTo(7_000_000_000L + 5_000 + READ);
    assertThat(dram.activity(7_000_010_000L).refreshes()).isEqualTo(2 * 700_001);
    assertThat(dram.runs()).isEqualTo(2);
  }

  @Test
  void aRowThatIsReadThroughManyRefreshesIsOpenedAfterEach() {
    // One row of 80,000 bursts: 320,000 cycles of data and some thirty refreshes.
    DramTiming longRows =
        with(
            part -> {
              part.rowBytes = 640_000;
              part.interleaveBytes = 640_000;
            });
    DramActivity activity = activity(longRows, read(0, 0, 640_000));
    assertThat(activity.refreshes()).isEqualTo(32);
    assertThat(activity.activates()).isEqualTo(33);
  }
}
