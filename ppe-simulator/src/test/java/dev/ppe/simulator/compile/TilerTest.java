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
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Core.Dataflow;
import dev.ppe.simulator.hardware.Grid;
import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import dev.ppe.simulator.job.LoopOrder;
import dev.ppe.simulator.job.OnCores;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Cycle counts calculated by hand. "Small" has 4 PEs of 16 lanes, 4 MACs a lane, 4 accumulators;
 * ports of 8 bytes, so that a word of 4 is read in a cycle; 32 bytes a cycle for parameters, whose
 * full lines have 16 x 4 = 64 and take 2 cycles, under 4 positions' steps.
 */
class TilerTest {
  private static final Accelerator SMALL = AcceleratorBuilder.small().build();
  private static final Activation NONE = Activation.NONE;
  private static final Split ROWS = new Split(4, 1, 1);
  private static final Split CHANNELS = new Split(1, 1, 4);

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  /**
   * Rows over the PEs: 2 x 8 positions each. 16 inputs are 4 words, 32 outputs 2 passes of 16
   * lanes: 8 lines.
   *
   * <ul>
   *   <li>array: 16 positions x 8 lines = 128 steps, a word of 4 bytes each
   *   <li>parameters: 8 lines x (16 positions / 4 accumulators) x 2 cycles = 64, all hidden
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
    Tiling tiling = tile(SMALL, net.pointwise("y", x, 32, NONE));

    assertThat(tiling)
        .isEqualTo(
            new Tiling(
                ROWS,
                new TileTimes(128, 0, 128, 64, 64, 128, 0, 0),
                new TileTraffic(4 * 512, 4 * 512, 4 * 32 * 64, 0, 0, 0)));
    assertThat(tiling.computeCycles()).isEqualTo(128);
    assertThat(tiling.bound()).isEqualTo(Cause.COMPUTE);
  }

  /**
   * Rows over the PEs: 2 x 8 positions, 3 x 3 x 2 words each, one pass of 8 lanes.
   *
   * <ul>
   *   <li>array: 16 x 9 x 2 = 288, each with 4 bytes
   *   <li>parameters: 9 x 2 x (16 / 4) = 72 lines of 8 x 4 bytes, a cycle each
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
                ROWS,
                new TileTimes(288, 0, 288, 72, 16, 288, 0, 16),
                new TileTraffic(4 * 1152, 4 * 128, 4 * 72 * 32, 4 * 128, 128, 0)));
    assertThat(tiling.totalCycles()).isEqualTo(304);
    assertThat(tiling.bound()).isEqualTo(Cause.COMPUTE);
  }

  @Test
  void withoutANetworkTheHaloCostsNoTime() {
    Value x = net.input("x", 1, 8, 8, 8);
    Accelerator free = AcceleratorBuilder.small().withoutNetwork().build();
    Tiling tiling = tile(free, net.conv("y", x, 8, Kernel.of(3), NONE));

    assertThat(tiling.totalCycles()).isEqualTo(288);
    assertThat(tiling.haloBytes()).isEqualTo(128);
  }

  /**
   * Channels over the PEs: 16 each, side by side on the 16 lanes, and no halo.
   *
   * <ul>
   *   <li>array: 64 positions x 9 = 576
   *   <li>fetch: a byte for each channel: 16 a step, over 8 = 2 cycles: 1152
   *   <li>parameters: 9 x (64 / 4) = 144 lines, 2 cycles each
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
                CHANNELS,
                new TileTimes(576, 0, 1152, 288, 128, 1152, 0, 0),
                new TileTraffic(4 * 9216, 4 * 1024, 4 * 144 * 64, 0, 0, 0)));
    assertThat(tiling.bound()).isEqualTo(Cause.ACTIVATION_FETCH);
  }

  /**
   * Outputs over the PEs: 16 each, one pass of 256 / 4 = 64 words.
   *
   * <ul>
   *   <li>array: 64, with 64 x 4 = 256 bytes
   *   <li>parameters: each line serves one position: 64 lines of 64 bytes = 128 cycles
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
                CHANNELS,
                new TileTimes(64, 0, 64, 128, 2, 128, 0, 24),
                new TileTraffic(4 * 256, 4 * 16, 4 * 64 * 64, 4 * 192, 192, 0)));
    assertThat(tiling.bound()).isEqualTo(Cause.PARAMETER_FETCH);
    assertThat(tiling.totalCycles()).isEqualTo(24 + 128);
  }

  /** The same without overlap: 24 + 64 lines of 2 cycles + 64 steps. */
  @Test
  void whereNothingHidesTheWeightsTheyAddToTheSteps() {
    Value x = net.input("x", 1, 256);
    Accelerator waiting = AcceleratorBuilder.small().hiding(false, true).build();
    Tiling tiling = tile(waiting, net.fullyConnected("y", x, 64, NONE));

    assertThat(tiling.waitingCycles()).isEqualTo(128);
    assertThat(tiling.computeCycles()).isEqualTo(64);
    assertThat(tiling.totalCycles()).isEqualTo(24 + 128 + 64);
    assertThat(tiling.bound()).isEqualTo(Cause.COMPUTE); // the waiting has its own name
  }

  /**
   * 4 groups of 8 to 8 channels; two groups stand side by side on 16 lanes. Two halves of the rows
   * and two of the groups:
   *
   * <ul>
   *   <li>array: 32 positions x 9 x 2 words = 576: every MAC of the chip works, 64 x 32 x 8 x 9 /
   *       256
   *   <li>fetch: two words of 4 bytes a step are the port's 8: 576 x 8 = 4608 bytes
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
                new Split(2, 1, 2),
                new TileTimes(576, 0, 576, 288, 64, 576, 0, 32),
                new TileTraffic(4 * 4608, 4 * 512, 4 * 144 * 64, 4 * 256, 256, 0)));
  }

  @Test
  void groupConvolutionsEndInTheOtherTwo() {
    Kernel three = Kernel.of(3);

    assertThat(tile(SMALL, (b, x) -> b.groupConv("y", x, 64, 64, three, NONE)))
        .isEqualTo(tile(SMALL, (b, x) -> b.depthwise("y", x, three, NONE)));
    assertThat(tile(SMALL, (b, x) -> b.groupConv("y", x, 48, 1, three, NONE)))
        .isEqualTo(tile(SMALL, (b, x) -> b.conv("y", x, 48, three, NONE)));
  }

  /**
   * One position in 3 groups over 4 PEs: one stays idle, and the busiest has a third of the
   * channels, not a quarter: 256 of 768 bytes, and 768 / 4 = 192 are its own.
   */
  @Test
  void aPeHoldsWholeGroups() {
    Value x = net.input("x", 1, 1, 1, 768);
    Tiling tiling = tile(SMALL, net.groupConv("y", x, 48, 3, Kernel.POINT, NONE));

    assertThat(tiling.split()).isEqualTo(new Split(1, 1, 3));
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
    Tiling tiling = tile(SMALL, net.add("z", x, y, NONE));

    assertThat(tiling)
        .isEqualTo(
            new Tiling(
                ROWS,
                new TileTimes(0, 32, 64, 0, 32, 64, 0, 0),
                new TileTraffic(2048, 1024, 0, 0, 0, 1024)));
    assertThat(tiling.bound()).isEqualTo(Cause.ACTIVATION_FETCH);
  }

  /**
   * 256 of 1024 elements a PE, and a quarter of the one byte, rounded up: 257 bytes, over 8 = 33.
   */
  @Test
  void aScalarOperandIsNotReadForEveryElement() {
    Value x = net.input("x", 1, 8, 8, 16);
    Value scalar = net.input("scalar", 1, 1, 1, 1);
    Tiling tiling = tile(SMALL, net.multiply("z", x, scalar));

    assertThat(tiling.activationCycles()).isEqualTo(33);
    assertThat(tiling.vectorCycles()).isEqualTo(32);
    assertThat(tiling.peMemoryReadBytes()).isEqualTo(1025);
  }

  /** 4 x 4 windows of 2 x 2 x 8: 4 a PE; 128 operations and as many bytes, over 8. */
  @Test
  void poolingReadsEveryWindow() {
    Value x = net.input("x", 1, 8, 8, 8);

    assertThat(tile(SMALL, net.maxPool("y", x, Kernel.of(2).stride(2))))
        .isEqualTo(
            new Tiling(
                ROWS,
                new TileTimes(0, 16, 16, 0, 4, 16, 0, 0),
                new TileTraffic(512, 128, 0, 0, 0, 512)));
  }

  /** 256 elements a PE, eight gathered in four cycles: 128, four times what adding them takes. */
  @Test
  void aTranspositionGathersItsOperands() {
    Value x = net.input("x", 1, 8, 8, 16);
    Tiling tiling = tile(SMALL, net.transpose("y", x, List.of(0, 2, 1, 3)));

    assertThat(tiling.vectorCycles()).isEqualTo(4 * 256 / 8);
    assertThat(tiling.activationCycles()).isEqualTo(256 / 8);
    assertThat(tiling.bound()).isEqualTo(Cause.COMPUTE);
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

    assertThat(tokens.split()).isEqualTo(new Split(1, 4, 1));
    assertThat(tokens.arrayCycles()).isEqualTo(128);
    assertThat(tokens.networkCycles()).isZero();
  }

  /**
   * Lines of 64 bytes come at 32 bytes a cycle to PEs of their own channels, and at 16 to PEs that
   * share them: with one accumulator a step takes 2 cycles, or 4. Of the map's 16 positions a PE
   * each has 16 words, of the vector 64.
   */
  @Test
  void pesThatShareWeightsTakeThemAtTheRateOfTheBroadcast() {
    AcceleratorBuilder slow =
        AcceleratorBuilder.small()
            .core(new Core.Simd(1, 16, 4, 1, false, 4, 1))
            .parameterWidths(32, 16);
    Accelerator vectors = slow.build();
    Accelerator maps = slow.split(Grid.Split.SPATIAL).build();

    Tiling shared = tile(maps, (b, x) -> b.pointwise("y", x, 16, NONE));
    assertThat(shared.split()).isEqualTo(new Split(2, 2, 1));
    assertThat(shared.busyCycles()).isEqualTo(16 * 16 * 4);
    Tiling own = tile(vectors, net.fullyConnected("y", net.input("x", 1, 256), 64, NONE));
    assertThat(own.busyCycles()).isEqualTo(64 * 2);
  }

  /**
   * 4 x 4 positions a PE, 9 x 8 inputs, 24 outputs: 2 x 3 folds of 72 + 14 edges on an 8 x 8 array.
   */
  @Test
  void aSystolicArrayHasItsOwnTiming() {
    Accelerator systolic =
        AcceleratorBuilder.small()
            .split(Grid.Split.SPATIAL)
            .core(new Core.Systolic(8, 8, Dataflow.OUTPUT_STATIONARY, false))
            .build();
    Value x = net.input("x", 1, 8, 8, 8);
    Tiling tiling = tile(systolic, net.conv("y", x, 24, Kernel.of(3), NONE));

    assertThat(tiling.arrayCycles()).isEqualTo(2 * 3 * (72 + 14) - 1);
    assertThat(tiling.bound()).isEqualTo(Cause.COMPUTE);
  }

  /**
   * 16 x 8 by 8 x 16, rows over the PEs: each has 4 positions of 2 words, and needs all of the
   * second factor.
   *
   * <ul>
   *   <li>network: 128 bytes but a quarter of its own: 96, over 8 = 12; of the first factor none
   *   <li>loading: its own 32 bytes over the activation port, 4
   *   <li>array: 4 positions x 2 lines = 8 steps, a word of 4 bytes each
   *   <li>parameters: 2 lines of 64 bytes, 2 cycles each, under 4 steps
   *   <li>output: 4 x 16 bytes, over 8 = 8
   * </ul>
   *
   * Columns over the PEs would leave the second factor where it is, and move the first: 48 cycles.
   */
  @Test
  void aSecondFactorThatIsAnActivationComesToTheCoreMemories() {
    Value left = net.input("left", 1, 16, 8);
    Value right = net.input("right", 1, 8, 16);
    Operator product = new Operator.BatchMatMul(false, false);
    Tiling tiling = tile(SMALL, net.apply("y", product, left, right));

    assertThat(tiling)
        .isEqualTo(
            new Tiling(
                ROWS,
                new TileTimes(8, 0, 8, 4, 8, 8, 0, 12),
                new TileTraffic(4 * 32, 4 * 64, 4 * 2 * 64, 4 * 96, 96, 0),
                Adding.NONE,
                new Loading(8, 4, 12, 4 * 32, 4 * 96),
                OnCores.CHANNELS));
    assertThat(tiling.computeCycles()).isEqualTo(8 + 3);
    assertThat(tiling.coreCycles()).isEqualTo(1 + 8 + 3);
    assertThat(tiling.totalCycles()).isEqualTo(2 + 12);
  }

  /** Stored in the model it is weights: shared by the PEs, and nothing is loaded. */
  @Test
  void aSecondFactorThatIsStoredIsWeights() {
    Value left = net.input("left", 1, 16, 8);
    Value right = net.weights("right", Shape.of(1, 8, 16), 0);
    Operator product = new Operator.BatchMatMul(false, false);
    Tiling tiling = tile(SMALL, net.apply("y", product, left, right));

    assertThat(tiling.loading()).isEqualTo(Loading.NONE);
    assertThat(tiling.networkBytes()).isZero();
  }

  /** Products that share their second factor need it once. */
  @Test
  void aSecondFactorThatRepeatsIsLoadedOnce() {
    Value left = net.input("left", 4, 16, 8);
    Value right = net.input("right", 1, 8, 16);
    Operator product = new Operator.BatchMatMul(false, false);
    Tiling tiling = tile(SMALL, net.apply("y", product, left, right));

    assertThat(tiling.loading().bytes()).isLessThanOrEqualTo(4 * 128);
  }

  /**
   * 8 x 8 to 16 x 16 over 2 x 2 PEs. From the middles of pixels, rows 0 to 7 lie at -0.25 to 3.25
   * and read 5 rows: 5 x 5 x 8 = 200 bytes, of which 128 are its own.
   */
  @Test
  void interpolationFetchesItsNeighboursFirst() {
    Accelerator maps = AcceleratorBuilder.small().split(Grid.Split.SPATIAL).build();
    Value x = net.input("x", 1, 8, 8, 8);
    Operator resize = new Operator.Resize(Operator.ResizeMethod.BILINEAR, 16, 16, false, true);
    Tiling tiling = tile(maps, net.apply("y", resize, x));

    assertThat(tiling.haloBytes()).isEqualTo(5 * 5 * 8 - 128);
    assertThat(tiling.networkCycles()).isEqualTo(72 / 8);
  }

  /** Taking the nearest, tiles of twice the size read their own alone. */
  @Test
  void theNearestOfAWholeMultipleNeedsNoNeighbours() {
    Accelerator maps = AcceleratorBuilder.small().split(Grid.Split.SPATIAL).build();
    Value x = net.input("x", 1, 8, 8, 8);
    Operator resize = new Operator.Resize(Operator.ResizeMethod.NEAREST, 16, 16, false, false);

    assertThat(tile(maps, net.apply("y", resize, x)).haloBytes()).isZero();
  }

  /** 3 x 3 at stride 2 backwards: rows 8 to 15 are made of rows 3 to 7. */
  @Test
  void aTransposedConvolutionFetchesWhatReachesItsTile() {
    Accelerator maps = AcceleratorBuilder.small().split(Grid.Split.SPATIAL).build();
    Value x = net.input("x", 1, 8, 8, 8);
    Value weights = net.weights("w", Shape.of(8, 3, 3, 8), 0);
    Operator conv = new Operator.TransposeConv2d(Window.square(3, 2, Padding.SAME), 16, 16, NONE);
    Tiling tiling = tile(maps, net.apply("y", conv, x, weights));

    assertThat(tiling.haloBytes()).isEqualTo(5 * 5 * 8 - 128);
  }

  /**
   * 16 to 4 channels on 4 cores of 4 lanes and a port for four words: a core is enough for the
   * channels, so each takes a quarter of the rows. All 64 positions in 4 words are 256 dot products
   * for 16 cores.
   */
  @Test
  void coresWithoutChannelsOfTheirOwnTakeRows() {
    Accelerator wide =
        AcceleratorBuilder.small()
            .core(new Core.Simd(4, 4, 4, 4, false, 4, 1))
            .peMemory(new PeMemory(1 << 20, 16, 16, Overflow.OFF_CHIP))
            .build();
    Value x = net.input("x", 1, 8, 8, 16);
    Tiling tiling = tile(wide, net.pointwise("y", x, 4, NONE));

    assertThat(tiling.onCores()).isEqualTo(new OnCores(4, LoopOrder.ACTIVATIONS_OUTER));
    assertThat(tiling.arrayCycles()).isEqualTo(256 / 16);
    assertThat(tiling.text()).endsWith(" rows in 4");
  }

  /** The vendor's compiler cuts as it does; no other way is looked for. */
  @Test
  void whereTheCutIsGivenCoresShareChannels() {
    Accelerator wide =
        AcceleratorBuilder.small()
            .split(Grid.Split.SPATIAL)
            .core(new Core.Simd(4, 4, 4, 4, false, 4, 1))
            .peMemory(new PeMemory(1 << 20, 16, 16, Overflow.OFF_CHIP))
            .build();
    Value x = net.input("x", 1, 8, 8, 16);

    assertThat(tile(wide, net.pointwise("y", x, 4, NONE)).onCores()).isEqualTo(OnCores.CHANNELS);
  }

  /**
   * One PE, lines of 64 bytes that come byte by byte, one accumulator, and wide ports: 4 lines for
   * 64 positions are 256 cycles if sums wait in PE memory, and 64 times as many if lines come
   * again.
   */
  @Test
  void whereLinesAreSlowSumsWaitInPeMemory() {
    Accelerator slow =
        AcceleratorBuilder.small()
            .grid(1, 1)
            .core(new Core.Simd(1, 16, 4, 1, false, 4, 1))
            .peMemory(new PeMemory(1 << 20, 128, 128, Overflow.OFF_CHIP))
            .parameterWidths(1, 1)
            .build();
    Value x = net.input("x", 1, 8, 8, 16);
    Tiling tiling = tile(slow, net.pointwise("y", x, 16, NONE));

    assertThat(tiling.onCores()).isEqualTo(new OnCores(1, LoopOrder.WEIGHTS_OUTER));
    assertThat(tiling.busyCycles()).isEqualTo(4 * 64);
    // 4 words of 4 bytes for each of 64 positions, and three times 16 sums of 4 bytes.
    assertThat(tiling.peMemoryReadBytes()).isEqualTo(64 * (4 * 4 + 3 * 16 * 4));
    assertThat(tiling.peMemoryWriteBytes()).isEqualTo(64 * (16 + 3 * 16 * 4));
  }

  /** 2^32 kernel elements do not fit 32 bits; one position, input and output: a step each. */
  @Test
  void aKernelOfThirtyTwoBitsOfElementsIsCounted() {
    Value x = net.input("x", 1, 1 << 16, 1 << 16, 1);
    Kernel all = Kernel.of(1 << 16).padding(Padding.VALID);

    assertThat(tile(SMALL, net.conv("y", x, 1, all, NONE)).arrayCycles()).isEqualTo(1L << 32);
  }

  private Tiling tile(Accelerator accelerator, Value result) {
    return tile(accelerator, net.build(result));
  }

  /** What a layer over a map of 8 x 8 x 64 costs. */
  private static Tiling tile(
      Accelerator accelerator, BiFunction<GraphBuilder, Value, Value> layer) {
    GraphBuilder builder = GraphBuilder.named("net", Arithmetic.INT8);
    Value x = builder.input("x", 1, 8, 8, 64);
    return tile(accelerator, builder.build(layer.apply(builder, x)));
  }

  private static Tiling tile(Accelerator accelerator, Graph graph) {
    Compilation tiled =
        Compiler.compile(CanonicalGraph.of(graph), accelerator, Phase.TILE, Interruption.NEVER);
    assertThat(tiled.tilings()).hasSize(1);
    return tiled.tilings().getFirst().orElseThrow();
  }
}
