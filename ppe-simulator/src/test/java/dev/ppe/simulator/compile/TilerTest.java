package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Cycle counts calculated by hand. "Small" has 4 PEs of 16 lanes, 4 MACs a lane, 4 accumulators;
 * ports of 8 bytes, 32 for parameters, whose lines have 16 x 4 = 64. Coral has 16 PEs of 64 lanes,
 * 4 MACs a lane, 16 accumulators; its ports read 8 and write 64 bytes, take a line of 64 x 4
 * parameters, and 64 bytes from other PEs.
 */
class TilerTest {
  private static final Accelerator SMALL = AcceleratorBuilder.small().build();
  private static final Accelerator CORAL = AcceleratorBuilder.like("coral-usb").build();
  private static final Activation NONE = Activation.NONE;

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  /**
   * Rows over the PEs: 2 x 8 positions each. 16 inputs are 4 words, 32 outputs 2 passes of 16
   * lanes.
   *
   * <ul>
   *   <li>array: 16 positions x 4 words x 2 passes = 128
   *   <li>fetch: 128 words of 4 bytes = 512 bytes, over 8 = 64
   *   <li>parameters: 4 words x 2 passes x (16 positions / 4 accumulators) = 32 lines of 64 bytes,
   *       over 32 = 64
   *   <li>output: 16 x 32 = 512 bytes, over 8 = 64
   *   <li>network: 2 rows x 8 x 16 = 256 bytes are the PE's own quarter of 1024: none
   * </ul>
   *
   * Fewer channels and more positions a PE cost the same and a halo; 2 x 2 tiles the same: the
   * first wins.
   */
  @Test
  void aPointwiseConvolutionKeepsAllLanesBusy() {
    Value x = net.input("x", 1, 8, 8, 16);

    assertThat(tile(SMALL, net.pointwise("y", x, 32, NONE)))
        .isEqualTo(
            new Tiling(4, 1, 1, 128, 0, 64, 64, 64, 0, 4 * 512, 4 * 512, 4 * 32 * 64, 0, 0, 0));
  }

  /**
   * Rows over the PEs: 2 x 8 positions, 3 x 3 x 2 words each, one pass.
   *
   * <ul>
   *   <li>array: 16 x 9 x 2 = 288
   *   <li>fetch: 288 x 4 = 1152 bytes, over 8 = 144
   *   <li>parameters: 9 x 2 x (16 / 4) = 72 lines, over half a line = 144
   *   <li>output: 16 x 8 = 128 bytes, over 8 = 16
   *   <li>network: 4 rows x 8 x 8 = 256 bytes, half of them the neighbours': 128, over 8 = 16
   * </ul>
   *
   * 2 x 2 tiles have 6 x 6 x 8 - 128 = 160 bytes of halo: 4 cycles more.
   */
  @Test
  void aConvolutionFetchesItsHaloFirst() {
    Value x = net.input("x", 1, 8, 8, 8);
    Tiling tiling = tile(SMALL, net.conv("y", x, 8, Kernel.of(3), NONE));

    assertThat(tiling)
        .isEqualTo(
            new Tiling(
                4,
                1,
                1,
                288,
                0,
                144,
                144,
                16,
                16,
                4 * 1152,
                4 * 128,
                4 * 72 * 64,
                4 * 128,
                128,
                0));
    assertThat(tiling.totalCycles()).isEqualTo(304);
    assertThat(tiling.bound()).isEqualTo(Cause.COMPUTE);
  }

  /**
   * Channels over the PEs: 16 each, side by side on the 16 lanes, and no halo.
   *
   * <ul>
   *   <li>array: 64 positions x 9 = 576
   *   <li>fetch: a byte for each channel: 576 x 16 = 9216 bytes, over 8 = 1152
   *   <li>parameters: 9 x (64 / 4) = 144 lines = 288
   *   <li>output: 64 x 16 = 1024 bytes = 128
   *   <li>network: 16 channels of 64 are a quarter of the input: none
   * </ul>
   */
  @Test
  void aDepthwiseConvolutionWaitsForItsActivations() {
    Value x = net.input("x", 1, 8, 8, 64);
    Tiling tiling = tile(SMALL, net.depthwise("y", x, Kernel.of(3), NONE));

    assertThat(tiling)
        .isEqualTo(
            new Tiling(
                1, 1, 4, 576, 0, 1152, 288, 128, 0, 4 * 9216, 4 * 1024, 4 * 144 * 64, 0, 0, 0));
    assertThat(tiling.bound()).isEqualTo(Cause.ACTIVATION_FETCH);
  }

  /**
   * Outputs over the PEs: 16 each, one pass of 256 / 4 = 64 words.
   *
   * <ul>
   *   <li>array: 64
   *   <li>fetch: 64 x 4 = 256 bytes = 32
   *   <li>parameters: each line serves one position: 64 lines = 128
   *   <li>output: 16 bytes = 2
   *   <li>network: all inputs but the PE's own quarter: 192 bytes = 24
   * </ul>
   */
  @Test
  void aFullyConnectedLayerWaitsForItsParameters() {
    Value x = net.input("x", 1, 256);
    Tiling tiling = tile(SMALL, net.fullyConnected("y", x, 64, NONE));

    assertThat(tiling)
        .isEqualTo(
            new Tiling(
                1, 1, 4, 64, 0, 32, 128, 2, 24, 4 * 256, 4 * 16, 4 * 64 * 64, 4 * 192, 192, 0));
    assertThat(tiling.bound()).isEqualTo(Cause.PARAMETER_FETCH);
  }

  /**
   * 4 groups of 8 to 8 channels; two groups stand side by side on 16 lanes. Two halves of the rows
   * and two of the groups:
   *
   * <ul>
   *   <li>array: 32 positions x 9 x 2 words = 576: every MAC of the chip works, 64 x 32 x 8 x 9 /
   *       256
   *   <li>fetch: 32 x 9 x 2 groups x 2 words x 4 bytes = 4608 bytes = 576
   *   <li>parameters: 9 x 2 x (32 / 4) = 144 lines = 288
   *   <li>output: 32 x 2 x 8 = 512 bytes = 64
   *   <li>network: 6 rows x 8 x 16 channels = 768 bytes but 512 of its own: 256 = 32
   * </ul>
   *
   * Rows alone take as long and have twice the halo.
   */
  @Test
  void narrowGroupsStandSideBySide() {
    Value x = net.input("x", 1, 8, 8, 32);
    Tiling tiling = tile(SMALL, net.groupConv("y", x, 32, 4, Kernel.of(3), NONE));

    assertThat(tiling)
        .isEqualTo(
            new Tiling(
                2,
                1,
                2,
                576,
                0,
                576,
                288,
                64,
                32,
                4 * 4608,
                4 * 512,
                4 * 144 * 64,
                4 * 256,
                256,
                0));
  }

  /**
   * One position in 3 groups over 4 PEs: one stays idle, and the busiest has a third of the
   * channels, not a quarter: 256 of 768 bytes, and 768 / 4 = 192 are its own.
   */
  @Test
  void aPeHoldsWholeGroups() {
    Value x = net.input("x", 1, 1, 1, 768);
    Tiling tiling = tile(SMALL, net.groupConv("y", x, 48, 3, Kernel.POINT, NONE));

    assertThat(tiling.channelSplit()).isEqualTo(3);
    assertThat(tiling.haloBytes()).isEqualTo(64);
    assertThat(tiling.arrayCycles()).isEqualTo(256 / 4);
  }

  /**
   * 256 elements a PE: 256 / 8 = 32 cycles of the vector unit, 512 bytes in = 64, 256 out = 32. No
   * weights, no halo.
   */
  @Test
  void anAdditionWaitsForItsOperands() {
    Value x = net.input("x", 1, 8, 8, 16);
    Value y = net.input("y", 1, 8, 8, 16);

    assertThat(tile(SMALL, net.add("z", x, y, NONE)))
        .isEqualTo(new Tiling(4, 1, 1, 0, 32, 64, 0, 32, 0, 2048, 1024, 0, 0, 0, 1024));
  }

  /** 4 x 4 windows of 2 x 2 x 8: 4 a PE; 128 operations and as many bytes, over 8. */
  @Test
  void poolingReadsEveryWindow() {
    Value x = net.input("x", 1, 8, 8, 8);

    assertThat(tile(SMALL, net.maxPool("y", x, Kernel.of(2).stride(2))))
        .isEqualTo(new Tiling(4, 1, 1, 0, 16, 16, 0, 4, 0, 512, 128, 0, 0, 0, 512));
  }

  @Test
  void anotherShapeOfTheSameBytesCostsNothing() {
    Value x = net.input("x", 1, 8, 8, 8);

    assertThat(tile(SMALL, net.reshape("y", x, 1, 512))).isEqualTo(Tiling.VIEW);
  }

  /** A dense layer over 64 tokens is a pointwise convolution over 64 positions. */
  @Test
  void aDenseLayerOverTokensIsCutAlongThem() {
    Value x = net.input("x", 1, 64, 16);
    Value weights = net.weights("w", Shape.of(32, 16), 0);
    Operator dense = new Operator.FullyConnected(true, NONE);
    Tiling tokens = tile(SMALL, net.apply("y", dense, x, weights));

    assertThat(List.of(tokens.rowSplit(), tokens.columnSplit(), tokens.channelSplit()))
        .containsExactly(1, 4, 1);
    assertThat(tokens.arrayCycles()).isEqualTo(128);
    assertThat(tokens.networkCycles()).isZero();
  }

  /** 4 x 4 tiles of 7 x 7; 16 words, 4 passes: 49 x 64 = 3136; every MAC works. */
  @Test
  void coralRunsAPointwiseConvolutionAtItsPeak() {
    Value x = net.input("x", 1, 28, 28, 64);
    Tiling tiling = tile(CORAL, net.pointwise("y", x, 256, NONE));

    assertThat(tiling.totalCycles()).isEqualTo(28L * 28 * 64 * 256 / 4096).isEqualTo(3136);
    assertThat(List.of(tiling.rowSplit(), tiling.columnSplit(), tiling.channelSplit()))
        .containsExactly(4, 4, 1);
    assertThat(tiling.activationCycles()).isEqualTo(3136 * 4 / 8);
    // 64 lines for every 16 of 49 positions
    assertThat(tiling.parameterCycles()).isEqualTo(64 * 4);
    assertThat(tiling.outputCycles()).isEqualTo(49 * 256 / 64);
  }

  /**
   * 4 x 4 tiles of 7 x 7 positions: 49 x 9 x 16 words = 7056, after 9 x 9 x 64 - 7 x 7 x 64 = 2048
   * bytes of halo, over 64 = 32.
   */
  @Test
  void coralRunsAConvolutionAtItsPeakAfterTheHalo() {
    Value x = net.input("x", 1, 28, 28, 64);
    Tiling tiling = tile(CORAL, net.conv("y", x, 64, Kernel.of(3), NONE));

    assertThat(tiling.computeCycles()).isEqualTo(7056);
    assertThat(tiling.networkCycles()).isEqualTo(32);
    assertThat(tiling.haloBytes()).isEqualTo(2048);
  }

  /** 16 channels a PE: 784 x 9 x 16 bytes over 8 = 14112, twice the array's 784 x 9. */
  @Test
  void coralRunsADepthwiseConvolutionAsFastAsItsPortReads() {
    Value x = net.input("x", 1, 28, 28, 256);
    Tiling tiling = tile(CORAL, net.depthwise("y", x, Kernel.of(3), NONE));

    assertThat(tiling.totalCycles()).isEqualTo(14_112);
    assertThat(tiling.arrayCycles()).isEqualTo(7056);
    assertThat(tiling.channelSplit()).isEqualTo(16);
    assertThat(tiling.bound()).isEqualTo(Cause.ACTIVATION_FETCH);
  }

  /** 1001 classes are 63 a PE and fit the lanes: 320 words, and as many lines, a cycle each. */
  @Test
  void coralRunsAClassifierAsFastAsItsWeightsArrive() {
    Value x = net.input("x", 1, 1280);
    Tiling tiling = tile(CORAL, net.fullyConnected("y", x, 1001, NONE));

    assertThat(tiling.computeCycles()).isEqualTo(320);
    // 1280 bytes but for 80 of its own, over 64
    assertThat(tiling.networkCycles()).isEqualTo(19);
  }

  private Tiling tile(Accelerator accelerator, Value result) {
    CanonicalGraph graph = CanonicalGraph.of(net.build(result));
    Mapping mapping = Compiler.map(graph, accelerator, Interruption.NEVER);
    assertThat(mapping.tilings()).hasSize(1);
    return mapping.tilings().getFirst().orElseThrow();
  }
}
