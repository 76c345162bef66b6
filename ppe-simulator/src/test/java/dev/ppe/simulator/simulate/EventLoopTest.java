package dev.ppe.simulator.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Scheduler;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.job.Job;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The event loop against a machine that ticks every cycle. */
class EventLoopTest {
  private static final Accelerator SMALL = AcceleratorBuilder.small().build();

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void runsRandomProgramsExactlyAsTheTickingMachineDoes(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      Agreement.verify(RandomPrograms.of(random));
    }
  }

  static Stream<Arguments> networksOnAccelerators() {
    List<Accelerator> accelerators =
        List.of(
            AcceleratorBuilder.small().build(),
            AcceleratorBuilder.small().dram(2_000_000_000, 50).withoutHostLink().build(),
            AcceleratorBuilder.small().dram(500_000_000, 50).peMemoryBytes(8 << 10).build(),
            AcceleratorBuilder.like("coral-usb").build(),
            AcceleratorBuilder.like("coral-pcie").contiguousRegion(false).build(),
            AcceleratorBuilder.like("edgetpu-v3").build(),
            AcceleratorBuilder.like("tensor-g1").clockHz(50_000_000).build());
    // Those that small accelerators run in a million cycles and not in ten.
    Stream<Graph> handMade =
        Networks.handMade().stream()
            .filter(graph -> !List.of("encoder-decoder", "wide").contains(graph.name()));
    return Stream.concat(handMade, Stream.of(Networks.random(1), Networks.encoderDecoder(48)))
        .flatMap(
            graph -> accelerators.stream().map(accelerator -> Arguments.of(graph, accelerator)));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("networksOnAccelerators")
  void runsNetworksExactlyAsTheTickingMachineDoes(Graph graph, Accelerator accelerator) {
    Agreement.verifyCompiled(program(graph, accelerator));
  }

  private static Program program(Graph graph, Accelerator accelerator) {
    return Scheduler.program(
        Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER),
        Interruption.NEVER);
  }

  @Test
  void anInstructionWaitsForItsResourceAndForItsDependencies() {
    Schedule schedule =
        run(
            instruction(compute(5)),
            instruction(compute(3)), // the array is free at 5
            instruction(new Work.Exchange(4, 0)),
            instruction(new Work.HostTask(1), 1, 2), // the later of 8 and 4
            instruction(new Work.Exchange(2, 0), 0)); // free at 4, ready at 5

    assertThat(schedule.start()).containsExactly(0, 5, 0, 8, 5);
    assertThat(schedule.finish()).containsExactly(5, 8, 4, 9, 7);
    assertThat(schedule.waitedFor()).containsExactly(-1, 0, -1, 1, 0);
    assertThat(schedule.lastToFinish()).isEqualTo(3);
  }

  @Test
  void aResourceTakesItsInstructionsInProgramOrderEvenWhereALaterOneIsReady() {
    Schedule schedule =
        run(
            instruction(new Work.HostTask(10)),
            instruction(compute(1), 0),
            instruction(compute(1)));

    assertThat(schedule.start()).containsExactly(0, 10, 11);
  }

  @Test
  void instructionsWithoutCyclesPassInTheCycleInWhichTheyBecomeReady() {
    Schedule schedule =
        run(
            instruction(compute(0)),
            instruction(new Work.HostTask(7), 0),
            instruction(compute(0), 1),
            instruction(compute(0), 2),
            instruction(new Work.HostTask(2), 3));

    assertThat(schedule.start()).containsExactly(0, 0, 7, 7, 7);
    assertThat(schedule.finish()).containsExactly(0, 7, 7, 7, 9);
  }

  @Test
  void anEmptyProgramTakesNoTime() {
    Program program = new Program(SMALL, List.of(), 0);

    assertThat(run().lastToFinish()).isNegative();
    assertThat(Machine.run(program, Interruption.NEVER).cycles()).isZero();
  }

  @Test
  void aLongProgramAsksNowAndThenWhetherItIsStillWanted() {
    Program program = new Program(SMALL, Collections.nCopies(5_000, instruction(compute(1))), 0);

    AtomicBoolean wanted = new AtomicBoolean(true);
    EventLoop loop =
        new EventLoop(
            program,
            new Blocks(SMALL),
            () -> {
              if (!wanted.get()) {
                throw new CancellationException();
              }
            });
    wanted.set(false);

    assertThatExceptionOfType(CancellationException.class).isThrownBy(loop::run);
  }

  @Test
  void whatWouldBeWaitedForForeverIsRefused() {
    Program program =
        new Program(SMALL, List.of(instruction(compute(1)), instruction(compute(1), 1)), 0);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Machine.run(program, Interruption.NEVER))
        .withMessage("instruction 1 depends on 1");
  }

  @Test
  void cyclesThatCannotBeCountedAreRefused() {
    Work beyond = new Work.Exchange(0, new Job.Take(Long.MIN_VALUE), Job.Part.WHOLE);

    for (Work last : List.of(beyond, compute(Long.MAX_VALUE))) {
      Program program =
          new Program(SMALL, List.of(instruction(compute(1)), instruction(last, 0)), 0);
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> Machine.run(program, Interruption.NEVER));
    }
  }

  private static Schedule run(Instruction... instructions) {
    Program program = new Program(SMALL, List.of(instructions), 0);
    Agreement.verify(program);
    return new EventLoop(program, new Blocks(SMALL), Interruption.NEVER).run();
  }

  private static Work compute(long cycles) {
    return new Work.Compute(cycles);
  }

  private static Instruction instruction(Work work, Integer... dependencies) {
    return new Instruction(Instruction.NO_LAYER, work, Cause.COMPUTE, List.of(dependencies));
  }
}
