package dev.ppe.simulator.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Core.Dataflow;
import dev.ppe.simulator.job.MatrixTile;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * An array of 8 x 8, and a convolution of 3 x 3 from 4 to 20 channels over 4 x 4 positions: M = 16,
 * K = 36, N = 20.
 */
class SystolicArrayTest {
  private static final MatrixTile TILE = tile(1, 4, 4, 20);

  private static MatrixTile tile(int groups, int rows, int columns, int outputs) {
    return new MatrixTile(1, rows, columns, 3, 3, 1, false, groups, 4, outputs, 1, 1, 1, false);
  }

  private static MatrixTime time(Dataflow dataflow, boolean overlap, MatrixTile tile) {
    return timing(new Core.Systolic(8, 8, dataflow, overlap), 64, 64).time(tile);
  }

  private static SystolicArray timing(Core.Systolic core, int portBytes, int lineRate) {
    return new SystolicArray(
        core, new PeMemoryPorts(portBytes, portBytes), new CoreMemory(lineRate, lineRate, true));
  }

  /**
   * 2 x 3 folds of 36 + 8 + 8 - 2 = 50 edges, which are a cycle less from first to last. The ports
   * work in 36 cycles of each fold. Every row of folds takes in all 36 x 20 weights, every column
   * of folds all 16 x 36 activations.
   */
  @Test
  void anOutputStationaryFoldStreamsItsOperands() {
    assertThat(time(Dataflow.OUTPUT_STATIONARY, false, TILE))
        .isEqualTo(new MatrixTime(299, 216, 216, 299, 0, 3 * 16 * 36, 2 * 36 * 20));
  }

  /**
   * 5 x 3 folds of 16 + 2 x 8 + 8 - 2 = 38 edges. Activations come in 16 cycles of each fold, its 8
   * rows of weights in 8; each weight is taken in once.
   */
  @Test
  void aWeightStationaryFoldStreamsItsPositions() {
    assertThat(time(Dataflow.WEIGHT_STATIONARY, false, TILE))
        .isEqualTo(new MatrixTime(569, 15 * 16, 15 * 8, 569, 0, 3 * 16 * 36, 36 * 20));
  }

  /** 6 folds of 36 and one skew of 14; 15 folds of 16, one load of 8 and one skew of 14. */
  @Test
  void withOverlapOnlyTheFirstFoldFillsAndTheLastDrains() {
    assertThat(time(Dataflow.OUTPUT_STATIONARY, true, TILE).busyCycles())
        .isEqualTo(6 * 36 + 14 - 1);
    assertThat(time(Dataflow.WEIGHT_STATIONARY, true, TILE).busyCycles())
        .isEqualTo(15 * 16 + 8 + 14 - 1);
  }

  /** Two positions stream in 2 cycles, but the next fold's weights take 8: 14 x 8 + 2 + 8 + 14. */
  @Test
  void weightsOfTheNextFoldMayTakeLongerThanThePositionsOfThisOne() {
    assertThat(time(Dataflow.WEIGHT_STATIONARY, true, tile(1, 1, 2, 20)).busyCycles())
        .isEqualTo(14 * 8 + 2 + 8 + 14 - 1);
  }

  /** Four inputs of one position stream in 4 cycles, but a column gives out 8 sums, one a cycle. */
  @Test
  void sumsOfOneFoldMayTakeLongerThanTheOperandsOfTheNext() {
    MatrixTile pointwise = new MatrixTile(1, 4, 4, 1, 1, 1, false, 1, 4, 20, 1, 1, 1, false);

    assertThat(time(Dataflow.OUTPUT_STATIONARY, true, pointwise).busyCycles())
        .isEqualTo(5 * 8 + 4 + 14 - 1);
  }

  /** 300 edges, and so 299 times two cycles from the first to the last. */
  @Test
  void multiplicationsOfTwoCyclesHalveTheArraysClock() {
    MatrixTile slow = new MatrixTile(1, 4, 4, 3, 3, 1, false, 1, 4, 20, 1, 1, 2, false);

    assertThat(time(Dataflow.OUTPUT_STATIONARY, false, slow).busyCycles()).isEqualTo(2 * 299);
    assertThat(time(Dataflow.OUTPUT_STATIONARY, false, slow).arrayCycles()).isEqualTo(2 * 299);
  }

  @Test
  void groupsFollowEachOther() {
    assertThat(time(Dataflow.OUTPUT_STATIONARY, false, tile(5, 4, 4, 20)).busyCycles())
        .isEqualTo(5 * 300 - 1);
  }

  /** Steps of a recurrent layer wait for each other, overlap or not. */
  @Test
  void repeatsDoNotOverlap() {
    MatrixTile thrice = new MatrixTile(3, 4, 4, 3, 3, 1, false, 1, 4, 20, 1, 1, 1, false);

    assertThat(time(Dataflow.OUTPUT_STATIONARY, true, thrice).busyCycles())
        .isEqualTo(3 * (6 * 36 + 14) - 1);
  }

  /**
   * A depthwise convolution of 3 x 3 has 9 inputs and one output a channel: two folds down, one
   * column. So 16 channels take as long as 32 folds.
   */
  @Test
  void aDepthwiseLayerUsesOneColumn() {
    MatrixTile depthwise = new MatrixTile(1, 4, 4, 3, 3, 1, false, 16, 1, 1, 1, 1, 1, false);

    assertThat(time(Dataflow.WEIGHT_STATIONARY, false, depthwise).busyCycles())
        .isEqualTo(16 * 2 * (16 + 22) - 1);
  }

  /**
   * 8 activations of 2 bytes come in 4 cycles through a port of 4 bytes, and 8 weights in 2. Where
   * sums stay both enter side by side, 4 cycles a step; where weights stay a fold loads in 16
   * cycles.
   */
  @Test
  void narrowPortsSetThePace() {
    MatrixTile wide = new MatrixTile(1, 4, 4, 3, 3, 1, false, 1, 4, 20, 2, 1, 1, false);

    assertThat(timing(new Core.Systolic(8, 8, Dataflow.OUTPUT_STATIONARY, false), 4, 4).time(wide))
        .isEqualTo(
            new MatrixTime(
                299,
                6 * 36 * 4,
                6 * 36 * 2,
                6 * (36 * 4 + 14) - 1,
                0,
                2 * 3 * 16 * 36,
                2 * 36 * 20));
    assertThat(
            timing(new Core.Systolic(8, 8, Dataflow.WEIGHT_STATIONARY, false), 4, 4)
                .time(wide)
                .busyCycles())
        .isEqualTo(15 * (16 + 16 * 4 + 14) - 1);
  }

  /** Ten positions of one input and one output: ten products, each in a cycle. */
  @Test
  void aSinglePeTakesACycleForEachProduct() {
    MatrixTile dots = new MatrixTile(1, 10, 1, 1, 1, 1, false, 1, 1, 1, 1, 1, 1, false);

    assertThat(
            timing(new Core.Systolic(1, 1, Dataflow.OUTPUT_STATIONARY, false), 64, 64)
                .time(dots)
                .busyCycles())
        .isEqualTo(10);
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
              1,
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
            timing(new Core.Systolic(rows, columns, dataflow, false), 64, 64)
                .time(tile)
                .busyCycles();
        long overlapped =
            timing(new Core.Systolic(rows, columns, dataflow, true), 64, 64)
                .time(tile)
                .busyCycles();

        assertThat(overlapped).as("%s on %d x %d", tile, rows, columns).isLessThanOrEqualTo(plain);
        assertThat(overlapped * rows * columns).isGreaterThanOrEqualTo(macs);
      }
    }
  }
}
