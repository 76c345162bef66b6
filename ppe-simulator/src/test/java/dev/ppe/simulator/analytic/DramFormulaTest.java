package dev.ppe.simulator.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.dram.Dram;
import dev.ppe.simulator.dram.DramActivity;
import dev.ppe.simulator.dram.DramParts;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * LPDDR4-4266, at an accelerator with the memory's own clock: four channels take turns every 256
 * bytes; a burst of 32 bytes takes 8 cycles, opening a row 39, a read's data come 36 later and a
 * write's 18.
 */
class DramFormulaTest {
  private static final String PART = "lpddr4-4266";
  private static final long CLOCK_HZ = 2_133_000_000L;
  private static final Accelerator ACCELERATOR =
      AcceleratorBuilder.small().clockHz(CLOCK_HZ).dram(10_000_000_000_000L, 0, PART).build();
  private static final DramFormula FORMULA = DramFormula.of(ACCELERATOR).orElseThrow();

  /** 8 bursts in each channel, and if there is one channel's turn alone, in that. */
  @Test
  void aTransferOpensARowAndMovesItsBursts() {
    assertThat(FORMULA.cycles(1024, false)).isEqualTo(39 + 36 + 8 * 8);
    assertThat(FORMULA.cycles(1024, true)).isEqualTo(39 + 18 + 8 * 8);
    assertThat(FORMULA.cycles(256, false)).isEqualTo(39 + 36 + 8 * 8);
    assertThat(FORMULA.cycles(33, false)).isEqualTo(39 + 36 + 2 * 8);
    assertThat(FORMULA.cycles(0, false)).isZero();
  }

  /** 1000 bursts a channel: 8000 cycles, and 39 + 598 + 39 for a refresh under way. */
  @Test
  void refreshesTakeTheirShare() {
    assertThat(FORMULA.cycles(128_000, false)).isEqualTo(39 + 36 + 8000 + 676);
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 1024, 5000, 50_000, 500_000, 5_000_000, 500_000_000})
  void anIdleMemoryTakesAboutAsLong(long bytes) {
    long end = new Dram(DramParts.get(PART), CLOCK_HZ).access(0, 0, bytes, false);

    assertThat(FORMULA.cycles(bytes, false)).isCloseTo(end, withinPercentage(1));
  }

  @Test
  void aPortThatIsSlowerDecides() {
    AcceleratorBuilder slow = AcceleratorBuilder.like(ACCELERATOR).dram(CLOCK_HZ, 0, PART);
    TransferTime times = new TransferTime(new Transfers(slow.build()));

    assertThat(times.of(Resource.DRAM, 1024, true)).isEqualTo(1024);
    assertThat(times.of(Resource.DRAM, 32, true)).isEqualTo(39 + 36 + 8);
    assertThat(times.ofFirst(Resource.DRAM, 3001, 2, 3, true)).isEqualTo(1001 + 1000);
  }

  /** 4096 bytes in two transfers: 128 bursts, 2 rows and 2 x 4 that are opened anew. */
  @Test
  void countsFollowFromBytesAndTransfers() {
    DramTraffic traffic = new DramTraffic();
    traffic.add(3072, 1, true);
    traffic.add(1024, 1, false);
    DramActivity activity = FORMULA.activity(traffic, 3 * 8327);

    assertThat(activity.readBytes()).isEqualTo(3072);
    assertThat(activity.writeBytes()).isEqualTo(1024);
    assertThat(activity.activates()).isEqualTo(2 + 2 * 4);
    assertThat(activity.refreshes()).isEqualTo(3 * 4);
    assertThat(activity.cycles().data()).isEqualTo(128 * 8);
  }
}
