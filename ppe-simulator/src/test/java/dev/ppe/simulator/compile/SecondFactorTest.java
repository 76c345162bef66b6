package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.job.Job;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A product of two activations, 64 x 32 by 32 x 64, whose second factor is 2 KiB. */
class SecondFactorTest {
  private static final long BYTES = 2048;

  private static Mapping map(AcceleratorBuilder accelerator) {
    GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
    Value left = net.input("left", 1, 64, 32);
    Value right = net.input("right", 1, 32, 64);
    Operator product = new Operator.BatchMatMul(false, false);
    return Compiler.map(
        CanonicalGraph.of(net.build(net.apply("y", product, left, right))),
        accelerator.build(),
        Interruption.NEVER);
  }

  private static List<Instruction> program(Mapping mapping) {
    return Scheduler.program(mapping, Interruption.NEVER).instructions();
  }

  private static List<Instruction> on(List<Instruction> program, Resource resource) {
    return program.stream().filter(i -> i.resource() == resource).toList();
  }

  @Test
  void itsNextPieceComesWhileTheCoresUseTheLast() {
    List<Instruction> program = program(map(AcceleratorBuilder.small()));
    List<Instruction> pieces = on(program, Resource.NETWORK);
    List<Instruction> used =
        on(program, Resource.ARRAY).stream()
            .filter(i -> ((Work.Compute) i.work()).job() instanceof Job.Multiply)
            .toList();

    assertThat(pieces).hasSize(8);
    assertThat(used).hasSize(8);
    for (int k = 1; k < 8; k++) { // the first has a load of its own before it
      assertThat(used.get(k).dependencies()).contains(program.indexOf(pieces.get(k)));
      if (k >= 2) { // the core memory has room for two
        assertThat(pieces.get(k).dependencies()).contains(program.indexOf(used.get(k - 2)));
      }
      assertThat(pieces.get(k).dependencies()).doesNotContain(program.indexOf(used.get(k - 1)));
    }
  }

  /** A PE has a quarter of it, 512 bytes or 64 cycles of its port, and 8 of them first. */
  @Test
  void itsOwnShareTakesThoseCyclesOfThePortThatTheCoresLeave() {
    Mapping mapping = map(AcceleratorBuilder.small().network(1024));
    Tiling tiling = mapping.tilings().getFirst().orElseThrow();

    assertThat(tiling.loading().cycles()).isEqualTo(64);
    assertThat(tiling.loading().firstCycles()).isEqualTo(8);
    assertThat(tiling.coreCycles())
        .isEqualTo(
            8
                + tiling.waitingCycles()
                + Math.max(
                    Math.max(tiling.busyCycles(), tiling.outputCycles()),
                    tiling.activationCycles() + 56));
  }

  /** Blocks of the first factor's rows and of the results: a row takes 32 + 64 bytes. */
  @ParameterizedTest
  @CsvSource({"1536, 3", "1000, 3", "800, 3", "500, 7"})
  void aBlockHasNoPartOfIt(long peMemory, int passes) {
    WorkingSet set = WorkingSet.of(map(AcceleratorBuilder.small()), 0);

    assertThat(set.operands()).isEqualTo(1);
    assertThat(2 * set.blocks(peMemory) - 1)
        .isEqualTo(set.rows() * (32 + set.channels()) <= peMemory ? 1 : passes);
  }

  /** A core memory of 1 KiB does not hold 2 KiB, so all of it comes again for each block. */
  @ParameterizedTest
  @CsvSource({"65536, false", "4096, true"})
  void whereItOverflowsAllOfItComesOnceOrForEachBlock(long staging, boolean again) {
    Mapping mapping =
        map(AcceleratorBuilder.small().peMemoryBytes(1 << 10).parameterMemory(0, staging));
    Passes work = mapping.passes(0);
    long needed =
        mapping.tilings().getFirst().orElseThrow().loading().bytes()
            / mapping.tilings().getFirst().orElseThrow().split().parts();
    long moved =
        program(mapping).stream()
            .filter(i -> i.cause() == Cause.DMA && i.resource() == Resource.LINK_IN)
            .mapToLong(Instruction::bytes)
            .sum();

    assertThat(work.passes()).isGreaterThan(1);
    assertThat(needed > staging / 4).isEqualTo(again);
    assertThat(work.second().times()).isEqualTo(again ? work.passes() : 1);
    assertThat(work.second().bytesIn()).isEqualTo(BYTES);
    assertThat(moved).isEqualTo(work.bytesIn() + work.second().times() * BYTES);
  }

  /** One that stays comes before the cores begin; else all of it but the first time passes them. */
  @ParameterizedTest
  @CsvSource({"65536", "4096"})
  void onlyWhatComesAgainPassesTheBanksBesideTheCores(long staging) {
    AcceleratorBuilder oneBank =
        AcceleratorBuilder.small().peMemoryBytes(1 << 10).parameterMemory(0, staging).banks(1);
    Passes work = map(oneBank).passes(0);
    long blocks = work.bytesIn() * (work.passes() - 1) / work.passes();
    long again = (work.second().times() - 1) * BYTES;

    assertThat(work.banks().cycles()).isPositive();
    assertThat(work.banks().filledBytes()).isEqualTo(Math.ceilDiv(blocks + again, 4L));
  }
}
