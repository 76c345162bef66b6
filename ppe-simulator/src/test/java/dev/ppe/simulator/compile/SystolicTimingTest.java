package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Core.Dataflow;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * An array of 8 x 8, and a convolution of 3 x 3 from 4 to 20 channels over 4 x 4 positions: M = 16,
 * K = 36, N = 20.
 */
class SystolicTimingTest {
  private static final MatrixTile TILE = tile(1, 4, 4, 20);

  private static MatrixTile tile(int groups, int rows, int columns, int outputs) {
    return new MatrixTile(1, rows, columns, 3, 3, 1, false, groups, 4, outputs, 1, false);
  }

  private static MatrixTime time(Dataflow dataflow, boolean overlap, MatrixTile tile) {
    return new SystolicTiming(new Core.Systolic(8, 8, dataflow, overlap)).time(tile);
  }

  /**
   * 2 x 3 folds of 36 + 8 + 8 - 2 = 50 cycles. Every row of folds takes in all 36 x 20 weights,
   * every column of folds all 16 x 36 activations.
   */
  @Test
  void anOutputStationaryFoldStreamsItsOperands() {
    assertThat(time(Dataflow.OUTPUT_STATIONARY, false, TILE))
        .isEqualTo(new MatrixTime(300, 0, 0, 300, 0, 3 * 16 * 36, 2 * 36 * 20));
  }

  /** 5 x 3 folds of 16 + 2 x 8 + 8 - 2 = 38 cycles; each weight is taken in once. */
  @Test
  void aWeightStationaryFoldStreamsItsPositions() {
    assertThat(time(Dataflow.WEIGHT_STATIONARY, false, TILE))
        .isEqualTo(new MatrixTime(570, 0, 0, 570, 0, 3 * 16 * 36, 36 * 20));
  }

  /** 6 folds of 36 and one edge of 14; 15 folds of 16 and one of 22. */
  @Test
  void withOverlapOnlyTheFirstFoldFillsAndTheLastDrains() {
    assertThat(time(Dataflow.OUTPUT_STATIONARY, true, TILE).busyCycles()).isEqualTo(6 * 36 + 14);
    assertThat(time(Dataflow.WEIGHT_STATIONARY, true, TILE).busyCycles()).isEqualTo(15 * 16 + 22);
  }

  /** Two positions stream in 2 cycles, but the next fold's weights take 8: 14 x 8 + 2 + 22. */
  @Test
  void weightsOfTheNextFoldMayTakeLongerThanThePositionsOfThisOne() {
    assertThat(time(Dataflow.WEIGHT_STATIONARY, true, tile(1, 1, 2, 20)).busyCycles())
        .isEqualTo(14 * 8 + 2 + 22);
  }

  @Test
  void groupsFollowEachOther() {
    assertThat(time(Dataflow.OUTPUT_STATIONARY, false, tile(5, 4, 4, 20)).busyCycles())
        .isEqualTo(5 * 300);
  }

  @Test
  void overlapIsNeverSlowerAndNoMultiplierDoesTwoThingsAtATime() {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      MatrixTile tile =
          new MatrixTile(
              1 + random.nextInt(2),
              1 + random.nextInt(12),
              1 + random.nextInt(12),
              1 + random.nextInt(3),
              1 + random.nextInt(3),
              1,
              false,
              1 + random.nextInt(3),
              1 + random.nextInt(40),
              1 + random.nextInt(40),
              1,
              false);
      long macs =
          tile.repeats()
              * tile.positions()
              * tile.kernelArea()
              * tile.groups()
              * tile.inputs()
              * tile.outputs();
      int rows = 1 + random.nextInt(16);
      int columns = 1 + random.nextInt(16);
      for (Dataflow dataflow : Dataflow.values()) {
        long plain =
            new SystolicTiming(new Core.Systolic(rows, columns, dataflow, false))
                .time(tile)
                .busyCycles();
        long overlapped =
            new SystolicTiming(new Core.Systolic(rows, columns, dataflow, true))
                .time(tile)
                .busyCycles();

        assertThat(overlapped).as("%s on %d x %d", tile, rows, columns).isLessThanOrEqualTo(plain);
        assertThat(overlapped * rows * columns).isGreaterThanOrEqualTo(macs);
      }
    }
  }
}
