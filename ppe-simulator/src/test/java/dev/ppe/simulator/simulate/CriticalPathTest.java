package dev.ppe.simulator.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.activity.Activity.LayerActivity;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.AddressRange;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CriticalPathTest {
  /** 100 bytes of memory in a cycle. */
  private static final Accelerator HUNDRED =
      AcceleratorBuilder.small().dram(100_000_000_000L, 0).build();

  static IntStream seeds() {
    return IntStream.range(0, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void followsFromTheStartToTheEndWithoutAGap(int seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 50; n++) {
      Program program = RandomPrograms.of(random);
      Schedule schedule =
          new EventLoop(program, new Blocks(program.accelerator()), Interruption.NEVER).run();
      for (int i = 0; i < program.instructions().size(); i++) {
        int cause = schedule.waitedFor()[i];
        if (cause < 0) {
          assertThat(schedule.start()[i]).isZero();
        } else {
          assertThat(schedule.finish()[cause]).isEqualTo(schedule.start()[i]);
          assertThat(mayWaitFor(program, i)).contains(cause);
        }
      }
    }
  }

  /** The dependencies and the instruction before on the same resource. */
  private static List<Integer> mayWaitFor(Program program, int index) {
    Instruction instruction = program.instructions().get(index);
    return IntStream.range(0, index)
        .filter(
            i ->
                instruction.dependencies().contains(i)
                    || program.instructions().get(i).resource() == instruction.resource())
        .boxed()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void addsUpToTheTimeOfTheLastEnd(int seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 50; n++) {
      Program program = RandomPrograms.of(random);
      Activity activity = Machine.run(program, Interruption.NEVER);
      long[] finish = new TickingMachine(program).run().finish;

      assertThat(activity.cycles()).isEqualTo(Arrays.stream(finish).max().orElse(0));
      assertThat(activity.layers().stream().mapToLong(layer -> layer.time().total()).sum())
          .isLessThanOrEqualTo(activity.cycles());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyLayerGetsItsOwnTimesAndBytes(int seed) {
    Program program = RandomPrograms.of(new Random(seed));
    TickingMachine ticking = new TickingMachine(program).run();
    Activity activity = Machine.run(program, Interruption.NEVER);

    assertThat(activity.layers()).hasSize(program.layers());
    for (int layer = 0; layer < program.layers(); layer++) {
      int[] own = own(program, layer);
      LayerActivity did = activity.layers().get(layer);
      assertThat(did.startCycle())
          .isEqualTo(Arrays.stream(own).mapToLong(i -> ticking.start[i]).min().orElse(0));
      assertThat(did.finishCycle())
          .isEqualTo(Arrays.stream(own).mapToLong(i -> ticking.finish[i]).max().orElse(0));
      assertThat(did.time().total()).isLessThanOrEqualTo(did.finishCycle() - did.startCycle());
      assertThat(did.arrayCycles())
          .isEqualTo(
              Arrays.stream(own)
                  .filter(i -> program.instructions().get(i).resource() == Resource.ARRAY)
                  .mapToLong(i -> ticking.finish[i] - ticking.start[i])
                  .sum());
    }
  }

  private static int[] own(Program program, int layer) {
    return IntStream.range(0, program.instructions().size())
        .filter(i -> program.instructions().get(i).layer() == layer)
        .toArray();
  }

  @Test
  void whatIsHiddenBehindSomethingLongerCostsNothing() {
    Activity activity =
        run(
            instruction(0, new Work.Compute(10), Cause.COMPUTE),
            instruction(1, read(900), Cause.PARAMETER_FETCH),
            instruction(1, new Work.Compute(5), Cause.COMPUTE, 1));

    assertThat(activity.time().of(Cause.PARAMETER_FETCH)).isZero();
    assertThat(activity.time().of(Cause.COMPUTE)).isEqualTo(15);
    assertThat(activity.layers().get(1).parameterFetchBytes()).isEqualTo(900);
    assertThat(activity.layers().get(1).startCycle()).isZero();
  }

  @Test
  void whatKeepsTheCoresWaitingGetsTheTime() {
    Activity activity =
        run(
            instruction(0, new Work.Compute(10), Cause.COMPUTE),
            instruction(1, read(1100), Cause.DMA),
            instruction(1, new Work.Compute(5), Cause.COMPUTE, 1));

    assertThat(activity.time().of(Cause.DMA)).isEqualTo(11);
    assertThat(activity.time().of(Cause.COMPUTE)).isEqualTo(5);
    assertThat(activity.layers().get(0).time().total()).isZero();
    assertThat(activity.layers().get(1).activationBytes()).isEqualTo(1100);
    assertThat(activity.layers().get(1).time().dominant()).isEqualTo(Cause.DMA);
  }

  private static Activity run(Instruction... instructions) {
    return Machine.run(new Program(HUNDRED, List.of(instructions), 2), Interruption.NEVER);
  }

  private static Work read(long bytes) {
    return new Work.DramTransfer(List.of(new AddressRange(0, bytes)), false);
  }

  private static Instruction instruction(int layer, Work work, Cause cause, Integer... after) {
    return new Instruction(layer, work, cause, List.of(after));
  }
}
