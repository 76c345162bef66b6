package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each of four PEs has four rows of 16 columns. */
class BlocksTest {
  private static final Activation NONE = Activation.NONE;

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  /** From 4 channels to 64, a row is 16 x (4 + 64) = 1088 bytes: four, two, or one at a time. */
  @ParameterizedTest
  @CsvSource({
    "8192, 1", // all of it is there
    "4096, 3", // two blocks and a seam
    "2176, 3", "2175, 7", // four blocks and three seams; three would have two rows as well
    "1088, 7", "1024, 7", // a row is the least
  })
  void blocksAndTheSeamsBetweenThemAreAPassEach(long peMemory, int passes) {
    Value x = net.input("x", 1, 16, 16, 4);

    assertThat(passes(net.build(net.pointwise("y", x, 64, NONE)), peMemory)).isEqualTo(passes);
  }

  /**
   * A kernel of three needs two rows more: of 8 and 64 channels a block of two rows 4 x 16 x 8 + 2
   * x 16 x 64 = 2560 bytes, of one row 1408.
   */
  @ParameterizedTest
  @CsvSource({"2560, 3", "2559, 7"})
  void aBlocksInputHasItsHalo(long peMemory, int passes) {
    Value x = net.input("x", 1, 16, 16, 8);

    assertThat(passes(net.build(net.conv("y", x, 64, Kernel.of(3), NONE)), peMemory))
        .isEqualTo(passes);
  }

  /** A row of both operands and of the sum: 3 x 16 x 64 = 3072 bytes. */
  @ParameterizedTest
  @CsvSource({"6144, 3", "6143, 7"})
  void allOperandsHaveTheirBlocks(long peMemory, int passes) {
    Value x = net.input("x", 1, 16, 16, 64);
    Value y = net.input("y", 1, 16, 16, 64);

    assertThat(passes(net.build(net.add("z", x, y, NONE)), peMemory)).isEqualTo(passes);
  }

  @Test
  void layersBesideTheOneThatOverflowsPassOnce() {
    Value x = net.input("x", 1, 16, 16, 4);
    Value y = net.pointwise("y", x, 64, NONE);
    Value z = net.pointwise("z", y, 4, NONE);
    Mapping mapping = map(net.build(net.pointwise("last", z, 4, NONE)), 4096);

    assertThat(Blocks.passes(mapping, 0)).isEqualTo(3); // writes what overflows
    assertThat(Blocks.passes(mapping, 1)).isEqualTo(3); // reads it
    assertThat(Blocks.passes(mapping, 2)).isEqualTo(1);
  }

  /** 64 x 2 - 1 would be 127. */
  @Test
  void passesAreMergedBeyondALimit() {
    Value x = net.input("x", 1, 400, 400, 4);

    assertThat(passes(net.build(net.pointwise("y", x, 64, NONE)), 1 << 10))
        .isEqualTo(Blocks.MAX_PASSES);
  }

  private static int passes(Graph graph, long peMemory) {
    return Blocks.passes(map(graph, peMemory), 0);
  }

  private static Mapping map(Graph graph, long peMemory) {
    return Compiler.map(
        CanonicalGraph.of(graph),
        AcceleratorBuilder.small().peMemoryBytes(peMemory).build(),
        Interruption.NEVER);
  }
}
