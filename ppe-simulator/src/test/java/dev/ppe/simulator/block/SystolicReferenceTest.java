package dev.ppe.simulator.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Core.Dataflow;
import dev.ppe.simulator.job.MatrixTile;
import dev.ppe.simulator.reference.MatrixProduct;
import dev.ppe.simulator.reference.OutputStationaryArray;
import dev.ppe.simulator.reference.SystolicRun;
import dev.ppe.simulator.reference.WeightStationaryArray;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The formulas of systolic arrays against arrays that move every operand. */
class SystolicReferenceTest {
  private static final int CASES = 4000;

  @Test
  void everyProductTakesTheCyclesOfAnArrayThatMovesItsOperandsAndIsRight() {
    Random random = new Random(20261127);
    for (int i = 0; i < CASES; i++) {
      Case problem = Case.random(random);
      SystolicRun run = problem.run();
      MatrixTime time = problem.time();

      assertThat(run.sums()).as("%s", problem).isDeepEqualTo(problem.product().sums());
      assertThat(time.busyCycles()).as("%s", problem).isEqualTo(run.cycles());
      assertThat(time.waitingCycles()).isZero();
    }
  }

  /**
   * One layer on one array.
   *
   * @param lineRate bytes of weights in a cycle
   * @param loadsWhileBusy whether the parameter memory overlaps
   * @param elementBytes bytes of an activation
   * @param weightBytes bytes of a weight
   * @param macCycles cycles of a multiply-accumulate
   */
  private record Case(
      Core.Systolic core,
      int portBytes,
      int lineRate,
      boolean loadsWhileBusy,
      int elementBytes,
      int weightBytes,
      int macCycles,
      MatrixProduct product) {

    static Case random(Random random) {
      Core.Systolic core =
          new Core.Systolic(
              random.nextInt(1, 9),
              random.nextInt(1, 9),
              random.nextBoolean() ? Dataflow.OUTPUT_STATIONARY : Dataflow.WEIGHT_STATIONARY,
              random.nextBoolean());
      boolean wide = random.nextBoolean();
      return new Case(
          core,
          wide ? 64 : random.nextInt(1, 12),
          wide ? 64 : random.nextInt(1, 12),
          random.nextBoolean(),
          random.nextInt(3) == 0 ? 2 : 1,
          random.nextInt(3) == 0 ? 2 : 1,
          random.nextInt(3) == 0 ? random.nextInt(2, 5) : 1,
          MatrixProduct.random(
              random,
              random.nextInt(3) == 0 ? random.nextInt(1, 5) : 1,
              random.nextInt(1, 28),
              random.nextInt(1, 28),
              random.nextInt(1, 20)));
    }

    SystolicRun run() {
      return switch (core.dataflow()) {
        case OUTPUT_STATIONARY ->
            OutputStationaryArray.run(
                core, portBytes, lineRate, elementBytes, weightBytes, macCycles, product);
        case WEIGHT_STATIONARY ->
            WeightStationaryArray.run(
                core,
                loadsWhileBusy,
                portBytes,
                lineRate,
                elementBytes,
                weightBytes,
                macCycles,
                product);
      };
    }

    MatrixTime time() {
      MatrixTile tile =
          new MatrixTile(
              1,
              product.left()[0].length,
              1,
              1,
              1,
              1,
              false,
              product.left().length,
              product.right()[0].length,
              product.right()[0][0].length,
              elementBytes,
              weightBytes,
              macCycles,
              false);
      PeMemoryPorts ports = new PeMemoryPorts(portBytes, portBytes);
      return new SystolicArray(core, ports, new CoreMemory(lineRate, 1, loadsWhileBusy)).time(tile);
    }

    @Override
    public String toString() {
      return "%s, ports of %d and %d, loads while busy %s, %d by %d bytes in %d cycles, %d x (%d x %d x %d)"
          .formatted(
              core,
              portBytes,
              lineRate,
              loadsWhileBusy,
              elementBytes,
              weightBytes,
              macCycles,
              product.left().length,
              product.left()[0].length,
              product.right()[0].length,
              product.right()[0][0].length);
    }
  }
}
