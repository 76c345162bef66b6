package dev.ppe.simulator.dram;

import static dev.ppe.simulator.dram.Access.read;
import static dev.ppe.simulator.dram.Access.write;
import static dev.ppe.simulator.dram.TestPart.activity;
import static dev.ppe.simulator.dram.TestPart.finish;
import static dev.ppe.simulator.dram.TestPart.plain;
import static dev.ppe.simulator.dram.TestPart.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Refresh falls due at 10,000, 20,000, ... and takes tRFC 50. */
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
  void openRowsAreClosedBeforeARefresh() {
    // PRE 10000, REF 10000 + tRP 8, ACT 10058.
    assertThat(finish(plain(), read(0, 0, 8), read(10_000, 0, 8))).isEqualTo(10_058 + READ);
    assertThat(finish(plain(), read(0, 0, 8), read(10_100, 0, 8))).isEqualTo(10_100 + READ);
  }

  @Test
  void aRefreshFindsRowsClosedByTheOneBefore() {
    // Closed since 10058: REF 20000, ACT 20050.
    assertThat(finish(plain(), read(0, 0, 8), read(20_000, 0, 8))).isEqualTo(20_050 + READ);
  }

  @Test
  void noReadStartsOnceARefreshIsDue() {
    // ACT 9990, RD 9997; PRE 9990 + tRAS 20 = 10010, REF 10018, ACT 10068, RD 10075, data to 10089.
    assertThat(finish(plain(), read(9_990, 0, 16))).isEqualTo(10_089);
    // One cycle earlier RD 9996, and the second would be at 10000, when the refresh is due.
    assertThat(finish(plain(), read(9_989, 0, 16))).isEqualTo(10_067 + READ);
    // RD 9995 and 9999.
    assertThat(finish(plain(), read(9_988, 0, 16))).isEqualTo(9_999 + 14);
  }

  @Test
  void aRowActivatedJustBeforeARefreshIsClosedUnread() {
    // ACT 9999, PRE 9999 + tRAS 20 = 10019, REF 10027, ACT 10077.
    assertThat(finish(plain(), read(9_999, 0, 8))).isEqualTo(10_077 + READ);
    assertThat(activity(plain(), read(9_999, 0, 8)).activates()).isEqualTo(2);
  }

  @Test
  void aRefreshWaitsForDataToBeWritten() {
    // ACT 9980, WR 9999 by tRCD 19, last beat 10009, PRE 10009 + tWR 9, REF 10026, ACT 10076.
    DramTiming slow = with(part -> part.tRcd = 19);
    assertThat(finish(slow, write(9_980, 0, 16))).isEqualTo(10_076 + 19 + 6 + 4);
  }

  @Test
  void aRefreshWaitsForTheRowOpenedAhead() {
    // ACT 9988 and 9994; RD 9995, 9999 in the first row, PRE 9994 + tRAS 20 = 10014, REF 10022,
    // ACT 10072 again, and 10078 ahead; RD 10079, and 10085 in the second row, data to 10099.
    assertThat(finish(plain(), read(9_988, 40, 32))).isEqualTo(10_099);
    assertThat(activity(plain(), read(9_988, 40, 32)).activates()).isEqualTo(4);
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
