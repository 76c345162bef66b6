package dev.ppe.simulator.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Dram;
import dev.ppe.simulator.hardware.HostLink;
import dev.ppe.simulator.job.Job;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A program on better blocks: no instruction ends later. {@code docs/machine-model.md} has the
 * proof, and these are attempts to refute it.
 */
class FasterBlocksTest {
  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shorterWorkNeverEndsLater(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Program program = RandomPrograms.of(random);
      List<Instruction> shorter =
          program.instructions().stream().map(one -> shorter(one, random)).toList();

      assertNoneEndsLater(program, new Program(program.accelerator(), shorter, program.layers()));
    }
  }

  private static Instruction shorter(Instruction instruction, Random random) {
    Work work =
        switch (instruction.work()) {
          case Work.HostTask task -> new Work.HostTask(less(given(task), random));
          case Work.Exchange exchange ->
              new Work.Exchange(less(given(exchange), random), exchange.bytes());
          case Work.Compute compute -> new Work.Compute(less(given(compute), random));
          case Work.LinkTransfer transfer ->
              new Work.LinkTransfer(transfer.towardsDevice(), less(transfer.bytes(), random));
          case Work.DramTransfer transfer -> transfer;
        };
    return new Instruction(
        instruction.layer(), work, instruction.cause(), instruction.dependencies());
  }

  private static long given(Work.Task task) {
    return ((Job.Given) task.job()).cycles();
  }

  private static long less(long amount, Random random) {
    return amount == 0 || random.nextInt(3) > 0 ? amount : random.nextLong(amount);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fasterPortsAndLinksNeverEndAnythingLater(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Program program = RandomPrograms.of(random);
      Accelerator slow = program.accelerator();
      HostLink link = slow.hostLink().orElseThrow();
      Dram dram = slow.dram().orElseThrow();
      Accelerator fast =
          AcceleratorBuilder.like(slow)
              .hostLink(
                  faster(link.toDeviceBytesPerSecond(), random),
                  faster(link.fromDeviceBytesPerSecond(), random),
                  (int) less(link.latencyNs(), random))
              .dram(
                  new Dram(
                      faster(dram.bytesPerSecond(), random),
                      (int) less(dram.latencyNs(), random),
                      dram.part()))
              .build();

      assertNoneEndsLater(program, new Program(fast, program.instructions(), program.layers()));
    }
  }

  private static long faster(long rate, Random random) {
    return rate + random.nextLong(rate);
  }

  private static void assertNoneEndsLater(Program program, Program better) {
    long[] before = ends(program);
    long[] after = ends(better);
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isLessThanOrEqualTo(before[i]);
    }
  }

  private static long[] ends(Program program) {
    return Machine.observe(program, Interruption.NEVER).schedule().finish();
  }
}
