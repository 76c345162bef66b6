package dev.ppe.simulator.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.job.MatrixTile;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cycles calculated by hand. 64 lanes do 4 multiply-accumulates each, with 8 accumulators; the
 * activation port has 8 bytes. A full line of weights has 64 x 4 = 256 bytes, at 64 bytes a cycle
 * it takes 4.
 */
class SimdCoreTest {
  private static final PeMemoryPorts PORTS = new PeMemoryPorts(8, 8);
  private static final CoreMemory OVERLAPPED = memory(64, 64, true);

  private static CoreMemory memory(int own, int shared, boolean overlap) {
    return new CoreMemory(own, shared, overlap);
  }

  private static Core.Simd core(int accumulators) {
    return new Core.Simd(1, 64, 4, accumulators, false, 4, 1);
  }

  private static final Core.Simd SLIDING = new Core.Simd(1, 64, 4, 8, true, 4, 1);

  private static MatrixTime time(MatrixTile tile) {
    return new SimdCore(core(8), PORTS, OVERLAPPED).time(tile);
  }

  private static MatrixTime time(Core.Simd core, MatrixTile tile) {
    return new SimdCore(core, PORTS, OVERLAPPED).time(tile);
  }

  /** A square map and kernel, 8-bit, with weights of its own. */
  private static MatrixTile tile(int side, int kernel, int groups, int inputs, int outputs) {
    return strided(side, kernel, 1, groups, inputs, outputs);
  }

  private static MatrixTile strided(
      int side, int kernel, int stride, int groups, int inputs, int outputs) {
    return new MatrixTile(
        1, side, side, kernel, kernel, stride, false, groups, inputs, outputs, 1, 1, 1, false);
  }

  private static MatrixTile depthwise(int side, int kernel, int stride, int channels) {
    return strided(side, kernel, stride, channels, 1, 1);
  }

  /**
   * 49 positions, 9 kernel elements x 16 words = 144 lines:
   *
   * <ul>
   *   <li>steps: 144 x 49 = 7056, a word of 4 bytes each: no more than the port has
   *   <li>weights: 49 positions are 6 accumulatorfuls and 1 position: 144 x 7 lines x 4 cycles
   *   <li>together: six times max(8, 4) and once max(1, 4) are 52 cycles a line
   * </ul>
   */
  @Test
  void aConvolutionTakesAStepForEachPositionKernelElementAndWord() {
    assertThat(time(tile(7, 3, 1, 64, 64)))
        .isEqualTo(new MatrixTime(7056, 7056, 144 * 7 * 4, 144 * 52, 0, 7056 * 4, 144 * 7 * 256));
  }

  /** Words of 4: 6 and 8 inputs are two, 9 are three. */
  @Test
  void inputsFillWholeWords() {
    assertThat(time(tile(7, 3, 1, 6, 64)).arrayCycles()).isEqualTo(49 * 9 * 2);
    assertThat(time(tile(7, 3, 1, 8, 64)).arrayCycles()).isEqualTo(49 * 9 * 2);
    assertThat(time(tile(7, 3, 1, 9, 64)).arrayCycles()).isEqualTo(49 * 9 * 3);
  }

  /**
   * 100 outputs are 64 and 36, the latter stored as 48: 192 bytes, 3 cycles. 16 positions are two
   * accumulatorfuls, 9 lines a pass.
   *
   * <ul>
   *   <li>steps: 2 passes x 9 x 16 = 288
   *   <li>weights: 9 x 2 x 4 + 9 x 2 x 3 = 126 cycles, 18 x 256 + 18 x 192 = 8064 bytes
   *   <li>together: 8 steps hide 4 cycles: 288
   * </ul>
   */
  @Test
  void theLastOfSeveralPassesTakesInANarrowerLine() {
    assertThat(time(tile(4, 3, 1, 4, 100)))
        .isEqualTo(new MatrixTime(288, 288, 126, 288, 0, 288 * 4, 8064));
  }

  /**
   * 8 groups of 16 to 16: four side by side, twice; 4 words, 16 positions. A step reads four words
   * of 4 bytes, two cycles of the port.
   */
  @Test
  void narrowGroupsStandSideBySideEachWithItsWord() {
    assertThat(time(tile(4, 1, 8, 16, 16)))
        .isEqualTo(
            new MatrixTime(
                2 * 4 * 16, 2 * 4 * 16 * 2, 2 * 4 * 2 * 4, 2 * 4 * 32, 0, 128 * 16, 16 * 256));
  }

  /**
   * 6 groups are four and two. Two read 8 bytes a step, a cycle, and their line of 32 x 4 bytes
   * takes two cycles.
   */
  @Test
  void theRemainingGroupsStandAlone() {
    assertThat(time(tile(4, 1, 6, 16, 16)))
        .isEqualTo(
            new MatrixTime(
                2 * 4 * 16,
                4 * 16 * 2 + 4 * 16,
                4 * 2 * 4 + 4 * 2 * 2,
                4 * 16 * 2 + 4 * 16,
                0,
                4 * 16 * 16 + 4 * 16 * 8,
                4 * 2 * 256 + 4 * 2 * 128));
  }

  /** 3 groups of 4 to 100: each has two passes of its own. */
  @Test
  void groupsWiderThanTheLanesFollowEachOther() {
    assertThat(time(tile(4, 3, 3, 4, 100)).arrayCycles()).isEqualTo(3 * 2 * 9 * 16);
    assertThat(time(tile(4, 3, 3, 4, 100)).parameterBytes()).isEqualTo(3 * 8064);
  }

  /** 64 channels: a step needs 64 bytes, 8 cycles of the port. 49 x 9 steps. */
  @Test
  void aDepthwiseLayerIsAsFastAsItsPort() {
    MatrixTime time = time(depthwise(7, 3, 1, 64));

    assertThat(time.arrayCycles()).isEqualTo(441);
    assertThat(time.activationCycles()).isEqualTo(441 * 8);
    assertThat(time.busyCycles()).isEqualTo(441 * 8);
    assertThat(time.activationBytes()).isEqualTo(441 * 64);
  }

  /** 100 channels are 64 and 36: 8 and 5 cycles a step. */
  @Test
  void theLastChannelsOfADepthwiseLayerNeedFewerBytes() {
    assertThat(time(depthwise(7, 3, 1, 100)).activationCycles()).isEqualTo(441 * (8 + 5));
  }

  /**
   * A row of three elements is one step, of five two: 49 positions x rows x 8 port cycles. The
   * first window needs all of its elements, of which one comes with each step and the rest before.
   */
  @ParameterizedTest
  @CsvSource({"3, 3, 6", "5, 10, 15", "1, 1, 0", "4, 4, 12", "9, 27, 54"})
  void aSlidingWindowTakesAKernelRowInWordsOfADotProduct(int kernel, int steps, int early) {
    MatrixTime time = time(SLIDING, depthwise(7, kernel, 1, 64));

    assertThat(time.arrayCycles()).isEqualTo(49L * steps);
    assertThat(time.activationCycles()).isEqualTo((49L * steps + early) * 8);
  }

  /**
   * A row of seven elements is two steps. The first position of a row needs all seven anew, five of
   * them before its steps, in each of seven rows.
   */
  @Test
  void aFlatSlidingWindowIsFilledAgainForEveryRow() {
    MatrixTile flat = new MatrixTile(1, 7, 7, 1, 7, 1, false, 64, 1, 1, 1, 1, 1, false);

    assertThat(time(SLIDING, flat).activationCycles()).isEqualTo((49 * 2 + 7 * 5) * 8);
  }

  /** One line serves one position, whatever accumulators there are: 49 x 3 lines of 4 cycles. */
  @Test
  void aSlidingWindowTakesInItsLinesForEveryPosition() {
    assertThat(time(SLIDING, depthwise(7, 3, 1, 64)).parameterCycles()).isEqualTo(49 * 3 * 4);
  }

  /**
   * 80 outputs are 64 and 16, lines of 4 cycles and of 1. With one accumulator a step waits for the
   * line after it: 64 outputs for 143 of their own and one narrow, 16 for 143 narrow ones and the
   * first of the next layer.
   */
  @Test
  void theLastTurnOfAPassTakesInTheNextPassesLine() {
    assertThat(time(core(1), tile(4, 3, 1, 4, 80)).busyCycles()).isEqualTo(143 * 4 + 1 + 143 + 4);
  }

  /** 8 steps, each with a line of 2 cycles that nothing hides, take longer than 16 cycles. */
  @Test
  void waitingCountsAsTimeInThePipeline() {
    Core.Simd deep = new Core.Simd(1, 64, 4, 8, false, 4, 16);
    MatrixTime time = new SimdCore(deep, PORTS, memory(64, 64, false)).time(tile(1, 1, 1, 32, 32));

    assertThat(time.waitingCycles()).isEqualTo(8 * 2);
    assertThat(time.busyCycles()).isEqualTo(8);
  }

  /** 4 x 4 outputs at stride 2 lie on 7 x 7 positions, and each kernel element is a step. */
  @Test
  void aStridedSlidingWindowVisitsWhatItSkips() {
    assertThat(time(SLIDING, depthwise(4, 3, 2, 64)).arrayCycles()).isEqualTo(49 * 9);
    assertThat(time(depthwise(4, 3, 2, 64)).arrayCycles()).isEqualTo(16 * 9);
  }

  @Test
  void aDilatedSlidingWindowTakesItsElementsOneByOne() {
    MatrixTile dilated = new MatrixTile(1, 7, 7, 3, 3, 1, true, 64, 1, 1, 1, 1, 1, false);

    assertThat(time(SLIDING, dilated).arrayCycles()).isEqualTo(49 * 9);
  }

  @Test
  void onlyDepthwiseWindowsSlide() {
    for (MatrixTile tile :
        new MatrixTile[] {
          tile(7, 3, 1, 64, 64),
          strided(4, 3, 2, 1, 64, 64),
          tile(7, 3, 4, 16, 16), // several inputs
          tile(7, 3, 1, 1, 64), // one group of one input
        }) {
      assertThat(time(SLIDING, tile)).isEqualTo(time(tile));
    }
  }

  /**
   * 49 positions, 16 lines: 784 steps, five in four cycles: 627.2. A line serves 8 positions in 6.4
   * cycles, but takes 3.2 of its own: together 16 x (6 x 6.4 + 3.2) = 665.6.
   */
  @Test
  void aPointwiseLayersWordsComeInSequence() {
    Core.Simd core = new Core.Simd(1, 64, 4, 8, false, 5, 1);
    MatrixTime time = time(core, tile(7, 1, 1, 64, 64));

    assertThat(time.arrayCycles()).isEqualTo(628);
    assertThat(time.activationCycles()).isEqualTo(628);
    assertThat(time.busyCycles()).isEqualTo(666);
    assertThat(time.activationBytes()).isEqualTo(784 * 4);
  }

  /** A stride, a kernel, or groups interrupt the sequence. */
  @Test
  void otherLayersWordsDoNot() {
    Core.Simd core = new Core.Simd(1, 64, 4, 8, false, 5, 1);
    for (MatrixTile tile :
        new MatrixTile[] {
          strided(7, 1, 2, 1, 64, 64), tile(7, 3, 1, 64, 64), tile(7, 1, 2, 64, 64)
        }) {
      assertThat(time(core, tile)).isEqualTo(time(tile));
    }
  }

  /** Lines that are waited for: 144 x 7 x 4 cycles, beside the steps. */
  @Test
  void withoutOverlapEveryLineIsWaitedFor() {
    MatrixTime time =
        new SimdCore(core(8), PORTS, memory(64, 64, false)).time(tile(7, 3, 1, 64, 64));

    assertThat(time.busyCycles()).isEqualTo(7056);
    assertThat(time.waitingCycles()).isEqualTo(144 * 7 * 4).isEqualTo(time.parameterCycles());
  }

  @Test
  void overlapIsNeverSlower() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      MatrixTile tile = random(random);
      Core.Simd core = new Core.Simd(1, 64, 4, 1 + random.nextInt(64), false, 4, 16);
      int width = 1 + random.nextInt(300);
      MatrixTime hidden = new SimdCore(core, PORTS, memory(width, width, true)).time(tile);
      MatrixTime waited = new SimdCore(core, PORTS, memory(width, width, false)).time(tile);

      assertThat(hidden.waitingCycles()).isZero();
      assertThat(hidden.busyCycles())
          .as("%s with %s", tile, core)
          .isLessThanOrEqualTo(waited.busyCycles() + waited.waitingCycles())
          .isGreaterThanOrEqualTo(Math.max(hidden.activationCycles(), hidden.arrayCycles()));
    }
  }

  private static MatrixTile random(Random random) {
    int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(100) : 1;
    return new MatrixTile(
        1 + random.nextInt(3),
        1 + random.nextInt(20),
        1 + random.nextInt(20),
        1 + random.nextInt(5),
        1 + random.nextInt(5),
        1 + random.nextInt(2),
        random.nextInt(4) == 0,
        groups,
        1 + random.nextInt(20),
        1 + random.nextInt(200),
        1 + random.nextInt(2),
        1,
        1,
        random.nextBoolean());
  }

  /** 49 positions: a line comes 49, 13, 7, 2 times, or once. */
  @ParameterizedTest
  @CsvSource({"1, 49", "4, 13", "8, 7", "32, 2", "64, 1"})
  void aLineServesAsManyPositionsAsALaneHasAccumulators(int accumulators, int refills) {
    MatrixTime time = time(core(accumulators), tile(7, 3, 1, 64, 64));

    assertThat(time.parameterCycles()).isEqualTo(144L * refills * 4);
    assertThat(time.parameterBytes()).isEqualTo(144L * refills * 256);
    assertThat(time.arrayCycles()).isEqualTo(7056);
  }

  /** One accumulator: each step waits for the 4 cycles of its line. */
  @Test
  void withOneAccumulatorTheWeightsSetThePace() {
    assertThat(time(core(1), tile(7, 3, 1, 64, 64)).busyCycles()).isEqualTo(7056 * 4);
  }

  /** Own weights at 128 bytes a cycle, shared ones at 32: 2 and 8 cycles a line. */
  @Test
  void weightsThatPesShareComeAtTheirOwnRate() {
    SimdCore timing = new SimdCore(core(8), PORTS, memory(128, 32, true));
    MatrixTile shared = new MatrixTile(1, 7, 7, 3, 3, 1, false, 1, 64, 64, 1, 1, 1, true);

    assertThat(timing.time(tile(7, 3, 1, 64, 64)).parameterCycles()).isEqualTo(144 * 7 * 2);
    assertThat(timing.time(shared).parameterCycles()).isEqualTo(144 * 7 * 8);
  }

  /** 8 steps, and 16 cycles until the last result is out. */
  @Test
  void noLayerTakesLessThanThePipelineIsDeep() {
    Core.Simd deep = new Core.Simd(1, 64, 4, 8, false, 4, 16);
    MatrixTime time = time(deep, new MatrixTile(1, 2, 4, 1, 1, 1, false, 1, 4, 64, 1, 1, 1, false));

    assertThat(time.arrayCycles()).isEqualTo(8);
    assertThat(time.busyCycles()).isEqualTo(16);
    assertThat(time(deep, tile(7, 3, 1, 64, 64)).busyCycles()).isEqualTo(144 * 52);
  }

  @Test
  void widerElementsTakeWiderWords() {
    MatrixTile wide = new MatrixTile(1, 7, 7, 3, 3, 1, false, 1, 64, 64, 4, 1, 1, false);

    assertThat(time(wide).activationCycles()).isEqualTo(7056 * 2); // words of 16 bytes
  }

  /**
   * As above, in 16 bits and with multiplications of two cycles:
   *
   * <ul>
   *   <li>words have 8 bytes, as the port has; a step takes the lanes' two cycles
   *   <li>a line has 512 bytes, 8 cycles
   *   <li>together: six times max(8 x 2, 8) and once max(1 x 2, 8) are 104 cycles a line
   * </ul>
   */
  @Test
  void wideNumbersTakeMoreBytesAndMoreCycles() {
    MatrixTile bfloat16 = new MatrixTile(1, 7, 7, 3, 3, 1, false, 1, 64, 64, 2, 2, 2, false);

    assertThat(time(bfloat16))
        .isEqualTo(
            new MatrixTime(2 * 7056, 7056, 144 * 7 * 8, 144 * 104, 0, 7056 * 8, 144 * 7 * 2 * 256));
  }

  /** 64 channels of 2 bytes take the port 16 cycles: what the lanes take beside does not matter. */
  @Test
  void slowMultiplicationsHideBehindThePort() {
    MatrixTile slow = new MatrixTile(1, 7, 7, 3, 3, 1, false, 64, 1, 1, 2, 2, 2, false);

    assertThat(time(slow).busyCycles()).isEqualTo(441 * 16);
    assertThat(time(slow).arrayCycles()).isEqualTo(441 * 2);
  }

  @Test
  void stepsOfARecurrentLayerFollowEachOther() {
    MatrixTile once = tile(2, 1, 1, 64, 64);
    MatrixTile thrice = new MatrixTile(3, 2, 2, 1, 1, 1, false, 1, 64, 64, 1, 1, 1, false);

    assertThat(time(thrice).busyCycles()).isEqualTo(3 * time(once).busyCycles());
    assertThat(time(thrice).parameterBytes()).isEqualTo(3 * time(once).parameterBytes());
  }
}
