package dev.ppe.simulator.compile.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.job.Job;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleVerifierTest {
  /** Nothing is cached, and little fits. */
  private final Compilation right =
      Broken.right(
          TinyNetwork.graph(),
          AcceleratorBuilder.small().peMemoryBytes(1024).parameterMemory(0, 1024).build());

  private final List<Instruction> program = right.program().orElseThrow().instructions();

  private List<String> faults(List<Instruction> instructions) {
    return Verification.faults(Phase.SCHEDULE, Broken.program(right, instructions));
  }

  private int first(Predicate<Instruction> which) {
    return IntStream.range(0, program.size())
        .filter(i -> which.test(program.get(i)))
        .findFirst()
        .orElseThrow();
  }

  private List<Instruction> with(int index, Work work) {
    Instruction i = program.get(index);
    return Broken.with(
        program, index, new Instruction(i.layer(), work, i.cause(), i.dependencies()));
  }

  private List<Instruction> withoutBytes(Predicate<Instruction> which) {
    int index = first(which);
    return with(
        index,
        switch (program.get(index).work()) {
          case Work.Exchange exchange -> new Work.Exchange(0, exchange.job(), exchange.part());
          case Work.LinkTransfer transfer -> new Work.LinkTransfer(transfer.towardsDevice(), 0);
          case Work other -> throw new AssertionError(other + " moves nothing");
        });
  }

  @Test
  void everyLayerHasInstructions() {
    int sine = first(i -> i.layer() == 3);

    assertThat(sine).isEqualTo(program.size() - 1);
    assertThat(faults(Broken.without(program, sine)))
        .containsExactly("layer \"sine\" has no instructions");
  }

  @Test
  void layersAreThoseThatThereAre() {
    Program other = new Program(right.accelerator(), program, 5);

    assertThat(
            Verification.faults(
                Phase.SCHEDULE,
                new Compilation(
                    right.source(),
                    right.accelerator(),
                    right.done(),
                    right.graph(),
                    right.placed(),
                    right.layers(),
                    right.tilings(),
                    right.mapping(),
                    Optional.of(other))))
        .containsExactly("layers of the program: 5 instead of 4");
  }

  @Test
  void everyByteOfParametersIsFetched() {
    assertThat(faults(withoutBytes(i -> i.cause() == Cause.PARAMETER_FETCH && i.bytes() > 0)))
        .anyMatch(fault -> fault.startsWith("bytes of parameters fetched for layer \"conv\": "));
  }

  @Test
  void everyByteOffTheChipIsMoved() {
    assertThat(faults(withoutBytes(i -> i.cause() == Cause.DMA)))
        .anyMatch(fault -> fault.startsWith("bytes of activations off the chip for layer "));
  }

  @Test
  void everyByteBetweenPesIsMoved() {
    assertThat(faults(withoutBytes(i -> i.resource() == Resource.NETWORK)))
        .anyMatch(fault -> fault.startsWith("bytes between PEs for layer "));
  }

  @Test
  void inputsOutputsAndInstructionsAreMoved() {
    assertThat(faults(withoutBytes(i -> i.cause() == Cause.HOST_LINK)))
        .anyMatch(fault -> fault.startsWith("bytes of inputs, outputs and instructions: "));
  }

  @Test
  void theCoresTakeTheirTime() {
    int index =
        first(i -> i.work() instanceof Work.Compute work && work.job() instanceof Job.Computing);

    assertThat(faults(with(index, new Work.Compute(0))))
        .anyMatch(fault -> fault.startsWith("cycles of the cores for layer \"conv\": "));
  }

  @Test
  void theNetworkTakesItsTime() {
    int index = first(i -> i.resource() == Resource.NETWORK);

    assertThat(faults(with(index, new Work.Exchange(0, program.get(index).bytes()))))
        .anyMatch(fault -> fault.startsWith("cycles between PEs for layer "))
        .noneMatch(fault -> fault.startsWith("bytes "));
  }

  @Test
  void dependenciesPointBackwards() {
    int index = first(i -> i.resource() == Resource.ARRAY);
    Instruction i = program.get(index);

    for (int dependency : List.of(-1, index, index + 1)) {
      Instruction wrong = new Instruction(i.layer(), i.work(), i.cause(), List.of(dependency));
      assertThat(faults(Broken.with(program, index, wrong)))
          .containsExactly(
              "instruction %d depends on %d: not before it".formatted(index, dependency));
    }
  }

  @Test
  void noLayerBeginsBeforeItsOperandsAreMade() {
    int sine = first(i -> i.layer() == 3);
    Instruction i = program.get(sine);
    Instruction early = new Instruction(i.layer(), i.work(), i.cause(), List.of());

    assertThat(faults(Broken.with(program, sine, early)))
        .containsExactly("layer \"sine\" begins before \"sum\" is made");
  }
}
