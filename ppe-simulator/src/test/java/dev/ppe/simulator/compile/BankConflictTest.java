package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cores that read for 60 cycles, write for 50, and compute for so many; ports take 8 bytes a cycle.
 */
class BankConflictTest {
  private static final int PORT = 8;

  private static Tiling tiling(long computeCycles, long reads, long results) {
    return new Tiling(
        Split.WHOLE,
        new TileTimes(computeCycles, 0, reads, 0, results, computeCycles, 0, 0),
        TileTraffic.NONE);
  }

  private static BankConflict conflict(int banks, Tiling tiling, long fills, long drains) {
    PeMemory memory = new PeMemory(64 << 10, PORT, PORT, Overflow.OFF_CHIP).withBanks(banks);
    return BankConflict.of(memory, tiling, 1, fills * PORT, drains * PORT);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 46", // 60 + 50 - 64
    "2, 0, 0, 0", // operands in one, results in the other
    "1, 20, 30, 96", // 60 + 50 + 20 + 30 - 64
    "2, 20, 30, 16", // what comes with the operands, what goes with the results: 80 - 64
    "2, 1, 9, 0", // what goes with the results: 61 and 59
    "3, 20, 30, 0", // what moves meanwhile has a bank of its own
    "4, 20, 30, 0",
  })
  void coresWaitForWhatElseTheirBanksServe(int banks, long fills, long drains, long cycles) {
    assertThat(conflict(banks, tiling(64, 60, 50), fills, drains).cycles()).isEqualTo(cycles);
  }

  @Test
  void slowCoresWaitForNothing() {
    assertThat(conflict(1, tiling(160, 60, 50), 20, 30)).isEqualTo(BankConflict.NONE);
    assertThat(conflict(1, tiling(159, 60, 50), 20, 30).cycles()).isEqualTo(1);
  }

  @Test
  void moreBanksNeverCostCycles() {
    Random random = new Random(20270101);
    for (int i = 0; i < 1000; i++) {
      long reads = random.nextInt(100);
      long results = random.nextInt(100);
      Tiling tiling = tiling(Math.max(reads, random.nextInt(150)), reads, results);
      long fills = random.nextInt(100);
      long drains = random.nextInt(100);
      long before = Long.MAX_VALUE;
      for (int banks = 1; banks <= 5; banks++) {
        long now = conflict(banks, tiling, fills, drains).cycles();
        assertThat(now).isLessThanOrEqualTo(before);
        before = now;
      }
      assertThat(before).isZero();
    }
  }
}
