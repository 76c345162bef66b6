package dev.ppe.simulator.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.job.LoopOrder;
import dev.ppe.simulator.job.MatrixTile;
import dev.ppe.simulator.job.OnCores;
import dev.ppe.simulator.reference.Convolution;
import dev.ppe.simulator.reference.SimdCores;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The formulas of SIMD cores against lanes that move every operand. */
class SimdReferenceTest {
  private static final int CASES = 12_000;

  @Test
  void everyTileTakesTheCyclesAndBytesOfLanesThatMoveItsOperandsAndIsRight() {
    Random random = new Random(20261128);
    for (int i = 0; i < CASES; i++) {
      Case problem = Case.random(random);
      SimdCores.Run run = problem.run();
      MatrixTime time = problem.time();

      assertThat(run.sums()).as("%s", problem).isDeepEqualTo(problem.work().sums());
      assertThat(time.busyCycles() + time.waitingCycles())
          .as("%s", problem)
          .isEqualTo(run.cycles());
      assertThat(time.activationBytes() + time.sumBytes())
          .as("%s", problem)
          .isEqualTo(run.activationBytes());
      assertThat(time.sumBytes()).as("%s", problem).isEqualTo(run.sumBytes());
      assertThat(problem.leastCycles()).as("%s", problem).isLessThanOrEqualTo(run.cycles());
      assertThat(time.parameterBytes()).as("%s", problem).isEqualTo(run.parameterBytes());
    }
  }

  /**
   * One tile on the cores of one PE.
   *
   * @param lineRate bytes of weights in a cycle
   * @param overlap whether a line comes in while another is used
   * @param elementBytes bytes of an activation
   * @param weightBytes bytes of a weight
   * @param macCycles cycles of a multiply-accumulate
   * @param onCores which rows are for which cores, and what is outside and what inside
   */
  private record Case(
      Core.Simd core,
      int portBytes,
      int resultBytes,
      int lineRate,
      boolean overlap,
      int elementBytes,
      int weightBytes,
      int macCycles,
      OnCores onCores,
      int repeats,
      Convolution work) {

    static Case random(Random random) {
      Core.Simd core =
          new Core.Simd(
              random.nextInt(1, 5),
              random.nextInt(1, 17),
              1 << random.nextInt(4),
              random.nextBoolean() ? random.nextInt(1, 9) : 64,
              random.nextBoolean(),
              random.nextBoolean() ? 4 : random.nextInt(4, 8),
              random.nextBoolean() ? 16 : 1);
      int elementBytes = random.nextInt(3) == 0 ? 2 : 1;
      boolean pointwise = random.nextInt(4) == 0;
      boolean depthwise = random.nextInt(3) == 0;
      boolean freely = !core.slidingWindow() && core.wordsInFourCycles() == 4;
      return new Case(
          core,
          random.nextInt(1, 17),
          random.nextInt(1, 65),
          random.nextInt(1, 65),
          random.nextBoolean(),
          elementBytes,
          random.nextInt(4) == 0 ? 3 - elementBytes : elementBytes,
          random.nextInt(3) == 0 ? random.nextInt(2, 6) : 1,
          new OnCores(
              random.nextBoolean() ? core.perPe() : 1,
              freely && random.nextBoolean()
                  ? LoopOrder.WEIGHTS_OUTER
                  : LoopOrder.ACTIVATIONS_OUTER),
          random.nextInt(8) == 0 ? 2 : 1,
          Convolution.random(
              random,
              elementBytes * Byte.SIZE,
              random.nextInt(1, 7),
              random.nextInt(1, 7),
              pointwise ? 1 : random.nextInt(1, 6),
              pointwise ? 1 : random.nextInt(1, 6),
              random.nextInt(3) == 0 ? random.nextInt(2, 4) : 1,
              random.nextInt(4) == 0 ? 2 : 1,
              depthwise ? random.nextInt(2, 40) : random.nextBoolean() ? random.nextInt(1, 6) : 1,
              depthwise ? 1 : random.nextInt(1, 12),
              depthwise && random.nextInt(3) > 0 ? 1 : random.nextInt(1, 40)));
    }

    SimdCores.Run run() {
      return SimdCores.run(
          core,
          portBytes,
          resultBytes,
          lineRate,
          overlap,
          elementBytes,
          weightBytes,
          macCycles,
          onCores,
          repeats,
          work);
    }

    MatrixTime time() {
      return timing().time(tile());
    }

    long leastCycles() {
      return timing().leastCycles(tile());
    }

    private SimdCore timing() {
      return new SimdCore(
          core, new PeMemoryPorts(portBytes, resultBytes), new CoreMemory(lineRate, 1, overlap));
    }

    private MatrixTile tile() {
      return new MatrixTile(
          repeats,
          work.rows(),
          work.columns(),
          work.kernelRows(),
          work.kernelColumns(),
          work.stride(),
          work.dilation() > 1,
          work.groups(),
          work.inputs(),
          work.outputs(),
          elementBytes,
          weightBytes,
          macCycles,
          false,
          onCores);
    }

    @Override
    public String toString() {
      return "%s, ports of %d, %d and %d, %s, overlap %s, %d by %d bytes in %d cycles, %d times %s"
          .formatted(
              core,
              portBytes,
              resultBytes,
              lineRate,
              onCores,
              overlap,
              elementBytes,
              weightBytes,
              macCycles,
              repeats,
              work);
    }
  }
}
