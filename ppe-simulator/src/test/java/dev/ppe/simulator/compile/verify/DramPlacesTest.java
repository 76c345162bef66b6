package dev.ppe.simulator.compile.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.AddressRange;
import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.compile.Work;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DramPlacesTest {
  /** Nothing is cached, and little fits. */
  private final Compilation right =
      Broken.right(
          Networks.encoderDecoder(32),
          AcceleratorBuilder.small()
              .peMemoryBytes(1536)
              .parameterMemory(0, 1024)
              .dram(1_000_000_000, 10)
              .withoutHostLink()
              .build());

  private final List<Instruction> program = right.program().orElseThrow().instructions();

  /** The faults where some transfers move other ranges. */
  private List<String> faults(
      Predicate<Instruction> which, UnaryOperator<List<AddressRange>> change) {
    List<Instruction> changed = new ArrayList<>();
    for (Instruction i : program) {
      changed.add(
          i.work() instanceof Work.DramTransfer transfer && which.test(i)
              ? new Instruction(
                  i.layer(),
                  new Work.DramTransfer(change.apply(transfer.ranges()), transfer.write()),
                  i.cause(),
                  i.dependencies())
              : i);
    }
    assertThat(changed).isNotEqualTo(program);
    return Verification.faults(Phase.SCHEDULE, Broken.program(right, changed));
  }

  private static UnaryOperator<List<AddressRange>> to(long address) {
    return ranges -> ranges.stream().map(r -> new AddressRange(address, r.bytes())).toList();
  }

  private static boolean writes(Instruction instruction) {
    return instruction.work() instanceof Work.DramTransfer transfer && transfer.write();
  }

  @Test
  void parametersAreReadFromOnePlace() {
    Work first = program.stream().filter(DramPlacesTest::fetches).findFirst().orElseThrow().work();

    assertThat(faults(i -> i.work().equals(first), to(1 << 20)))
        .contains("parameters of layer \"down1\" are read from 2 places");
  }

  private static boolean fetches(Instruction instruction) {
    return instruction.cause() == Cause.PARAMETER_FETCH && instruction.bytes() > 0;
  }

  @Test
  void everyByteOfParametersHasItsPlace() {
    assertThat(faults(DramPlacesTest::fetches, to(0)))
        .anyMatch(
            fault -> fault.startsWith("bytes of the place of the parameters of layer \"down1\": "));
  }

  @Test
  void noTwoLayersHaveParametersInTheSamePlace() {
    assertThat(faults(i -> fetches(i) && i.layer() > 0, to(0)))
        .anyMatch(
            fault ->
                fault.startsWith("parameters of layer \"down1\" and parameters of layer ")
                    && fault.endsWith(" lie in the same place"));
  }

  @Test
  void everyByteOffTheChipHasItsPlace() {
    assertThat(faults(i -> i.cause() == Cause.DMA && writes(i), to(1 << 20)))
        .anyMatch(fault -> fault.startsWith("bytes of the places that layer "));
    assertThat(faults(i -> i.cause() == Cause.DMA && !writes(i), to(1 << 20)))
        .anyMatch(fault -> fault.startsWith("bytes of the places that layer "));
  }

  @Test
  void nothingIsWrittenOverParameters() {
    assertThat(faults(i -> i.layer() == 0 && i.cause() == Cause.DMA && writes(i), to(0)))
        .anyMatch(
            fault ->
                fault.startsWith("parameters of layer \"down1\" and results of layer ")
                    && fault.endsWith(" lie in the same place"));
  }
}
