package dev.ppe.simulator.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import dev.ppe.simulator.job.Job;
import dev.ppe.simulator.job.Job.Beside;
import dev.ppe.simulator.job.Job.Dealt;
import dev.ppe.simulator.job.MatrixTile;
import dev.ppe.simulator.job.VectorWork;
import org.junit.jupiter.api.Test;

/**
 * Cycles calculated by hand. A PE has 8 lanes that multiply 4 inputs each; a line of weights serves
 * all of a tile's positions. Its memory reads 8 and writes 4 bytes a cycle, lines come at 16.
 */
class PeArrayTest {
  /** 16 positions of 4 inputs by 8 outputs: 16 steps, the one line in 2 cycles. */
  private static final MatrixTile TILE =
      new MatrixTile(1, 4, 4, 1, 1, 1, false, 1, 4, 8, 1, 1, 1, false);

  private static final Job.Multiply MULTIPLY = new Job.Multiply(TILE, 40, Beside.NOTHING);

  private static PeArray array(boolean overlap) {
    return new PeArray(
        AcceleratorBuilder.small()
            .core(new Core.Simd(1, 8, 4, 64, false, 4, 1))
            .peMemory(new PeMemory(64 << 10, 8, 4, Overflow.OFF_CHIP))
            .parameterWidths(16, 16)
            .hiding(overlap, true)
            .build());
  }

  private static long cycles(Job.OfCores job) {
    return array(true).cycles(job);
  }

  @Test
  void coresAndPortsWorkSideBySide() {
    assertThat(cycles(MULTIPLY)).isEqualTo(16);
    assertThat(cycles(new Job.Multiply(TILE, 128, Beside.NOTHING))).isEqualTo(32); // results
  }

  /** 80 bytes are 10 cycles of the port beside 16 of the cores', twice; the first 5 came before. */
  @Test
  void aSecondFactorTakesThePortsCyclesThatTheCoresLeave() {
    assertThat(cycles(new Job.Multiply(TILE, 40, new Beside(80, 2, 2)))).isEqualTo(16 + 15);
    assertThat(cycles(new Job.Load(80))).isEqualTo(10);
  }

  @Test
  void coresWaitForTheirLinesWhereThereIsOneRegister() {
    assertThat(array(false).cycles(new Job.Await(TILE))).isEqualTo(2);
    assertThat(array(true).cycles(new Job.Await(TILE))).isZero();
  }

  @Test
  void operandsAreAddedAsTheyCome() {
    assertThat(cycles(new Job.Add(8000, 10))).isEqualTo(1000);
  }

  @Test
  void thePartOfTheParameterMemoryIsReachedAsByLines() {
    assertThat(cycles(new Job.Keep(161))).isEqualTo(11);
  }

  @Test
  void theVectorUnitTakesWhatIsSlowest() {
    VectorUnit unit = new VectorUnit(16, 6);

    assertThat(unit.cycles(new VectorWork(160, 0, 0, 0))).isEqualTo(10);
    assertThat(unit.cycles(new VectorWork(160, 160, 0, 0))).isEqualTo(107); // 640 / 6
    assertThat(cycles(new Job.Compute(new VectorWork(1, 0, 800, 40)))).isEqualTo(100);
    assertThat(cycles(new Job.Compute(new VectorWork(1, 0, 80, 400)))).isEqualTo(100);
  }

  /** All in one bank: 16 reads, 10 results, 80 / 4 that come and 80 / 8 that go, but for 16. */
  @Test
  void oneBankServesOneStreamAfterTheOther() {
    assertThat(cycles(new Job.Yield(MULTIPLY, new Dealt(0, 0, 0, 0), 80, 80)))
        .isEqualTo(16 + 10 + 20 + 10 - 16);
    assertThat(cycles(new Job.Yield(MULTIPLY, new Dealt(0, 1, 1, 0), 80, 80)))
        .isEqualTo(10 + 20 - 16);
    assertThat(cycles(new Job.Yield(MULTIPLY, new Dealt(0, 1, 2, 2), 80, 80))).isZero();
  }

  /** The tile that the cores are set up for is remembered, not mistaken for another. */
  @Test
  void tilesMayTakeTurns() {
    MatrixTile larger = new MatrixTile(1, 8, 4, 1, 1, 1, false, 1, 4, 8, 1, 1, 1, false);
    PeArray array = array(true);
    for (int i = 0; i < 3; i++) {
      assertThat(array.cycles(MULTIPLY)).isEqualTo(16);
      assertThat(array.cycles(new Job.Multiply(larger, 40, Beside.NOTHING))).isEqualTo(32);
    }
  }

  @Test
  void noStreamTakesLessThanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PeMemoryBanks.Streams(1, 2, -3, 4))
        .withMessage("fills take -3 cycles");
  }
}
