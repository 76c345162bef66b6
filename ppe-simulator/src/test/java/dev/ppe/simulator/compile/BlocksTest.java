package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Grid.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each of four PEs has four rows of 16 columns, unless a test says otherwise. */
class BlocksTest {
  private static final Activation NONE = Activation.NONE;

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  /** From 4 channels to 64, a row is 16 x (4 + 64) = 1088 bytes: four, two, or one at a time. */
  @ParameterizedTest
  @CsvSource({
    "8192, 1", // all of it is there
    "4096, 3", // two blocks and a seam
    "2176, 3",
    "2175, 7", // four blocks and three seams; three would have two rows as well
    "1088, 7",
    "1087, 15", // a row is too much: two halves of each
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

  /** 240 rows are 60 on each PE, and one of them is 1088 bytes. */
  @Test
  void thereAreAsManyPassesAsTheMemoryAsksFor() {
    Value x = net.input("x", 1, 240, 16, 4);

    assertThat(passes(net.build(net.pointwise("y", x, 64, NONE)), 1088)).isEqualTo(2 * 60 - 1);
  }

  /**
   * From 700 channels to 400 a position takes 1100 bytes. Less will do as long as the inputs are
   * there, and of the outputs 16 for the lanes: then each of 4 x 16 positions is a block.
   */
  @ParameterizedTest
  @CsvSource({"8800, 15", "1100, 127", "1024, 127"})
  void outputsComeAFewAtATimeWhereAPositionHasTooMany(long peMemory, int passes) {
    Value x = net.input("x", 1, 16, 16, 700);

    assertThat(passes(net.build(net.pointwise("y", x, 400, NONE)), peMemory)).isEqualTo(passes);
  }

  @Test
  void aLayerOfWhichNotOnePositionFitsIsRefused() {
    Value x = net.input("x", 1, 16, 16, 256);
    Graph graph = net.build(net.conv("y", x, 32, Kernel.of(3), Activation.RELU));

    assertThat(passes(graph, 9 * 256 + 16)).isEqualTo(127);
    assertThatExceptionOfType(CompilationException.class)
        .isThrownBy(() -> map(graph, 9 * 256 + 15))
        .withMessage(
            "node \"y\": conv+relu cannot be tiled into PE memory: one position of its output, with"
                + " all that it reads, needs 2320 bytes there, and pe_memory.bytes is 2319");
  }

  /** A row of 2000 bytes and its results do not fit, but may take their place. */
  @Test
  void aVectorThatIsReadAgainHasToBeThere() {
    Graph graph = net.build(net.softmax("y", net.input("x", 64, 2000)));

    assertThat(Blocks.passes(map(graph, spatial(2000)), 0)).isEqualTo(31);
    assertThatExceptionOfType(CompilationException.class)
        .isThrownBy(() -> map(graph, spatial(1999)))
        .withMessage(
            "node \"y\": softmax cannot be tiled into PE memory: a vector that it reads several"
                + " times needs 2000 bytes there, and pe_memory.bytes is 1999");
  }

  /** One that multiplies nothing takes its operands as they come, here 4 rows of 2000 bytes. */
  @Test
  void anElementwiseLayerIsNeverRefused() {
    Value x = net.input("x", 1, 16, 1, 2000);

    assertThat(passes(net.build(net.unary("y", UnaryFunction.RELU, x)), 1024)).isEqualTo(7);
  }

  /**
   * A position of 200 channels takes 9 x 200 + 200 = 2000 bytes, and a row of 8 takes 3 x 10 x 200
   * + 8 x 200 = 7600. Of 16 channels at a time, a thirteenth of that, it fits.
   */
  @Test
  void channelsThatDoNotDependOnEachOtherComeAFewAtATime() {
    Value x = net.input("x", 1, 16, 16, 200);
    Graph graph = net.build(net.depthwise("y", x, Kernel.of(3), NONE));

    assertThat(Blocks.passes(map(graph, spatial(1024)), 0)).isEqualTo(2 * 8 - 1);
  }

  /** Four groups of 160 inputs for 20 outputs: 9 x 160 and the results on 16 lanes. */
  @Test
  void ofAGroupConvolutionOneGroupHasToFit() {
    Value x = net.input("x", 1, 16, 16, 640);
    Graph graph = net.build(net.groupConv("y", x, 80, 4, Kernel.of(3), NONE));

    assertThat(Blocks.passes(map(graph, spatial(1456)), 0)).isEqualTo(2 * 8 * 8 - 1);
    assertThatExceptionOfType(CompilationException.class)
        .isThrownBy(() -> map(graph, spatial(1455)))
        .withMessageContaining("needs 1456 bytes there, and pe_memory.bytes is 1455");
  }

  @Test
  void moreBlocksThanAProgramCanHaveAreRefused() {
    Value x = net.input("x", 1, 2000, 2000, 512);

    assertThatExceptionOfType(CompilationException.class)
        .isThrownBy(() -> map(net.build(net.pointwise("y", x, 512, NONE)), 1024))
        .withMessage("node \"y\": the program needs more than 500000 instructions up to here");
  }

  private static int passes(Graph graph, long peMemory) {
    return Blocks.passes(map(graph, peMemory), 0);
  }

  private static Mapping map(Graph graph, long peMemory) {
    return map(graph, AcceleratorBuilder.small().peMemoryBytes(peMemory));
  }

  /** Two by two parts, whatever would be faster. */
  private static AcceleratorBuilder spatial(long peMemory) {
    return AcceleratorBuilder.small()
        .split(Split.SPATIAL)
        .weightsStay(false)
        .peMemoryBytes(peMemory);
  }

  private static Mapping map(Graph graph, AcceleratorBuilder accelerator) {
    return Compiler.map(CanonicalGraph.of(graph), accelerator.build(), Interruption.NEVER);
  }
}
