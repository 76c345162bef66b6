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
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PadMode;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Grid;
import dev.ppe.simulator.zoo.Zoo;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 4 x 4 PEs of 64 lanes and words of 4 channels, as Coral's. */
class ResidenceTest {
  private static final Activation NONE = Activation.NONE;
  private static final Accelerator GRID =
      AcceleratorBuilder.small()
          .grid(4, 4)
          .split(Grid.Split.SPATIAL)
          .core(new Core.Simd(1, 64, 4, 4, false, 4, 1))
          .peMemoryBytes(192 << 10)
          .parameterMemory(8 << 20, 512 << 10)
          .build();

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  /** 128 x 128 over 4 x 4 are 32 x 32, and 3 more on every side: 38 x 38 x 32, the vendor's. */
  @Test
  void aTileLiesWithTheHaloOfItsReaderAround() {
    Value x = net.input("x", 1, 128, 128, 32);
    Value y = net.conv("y", x, 32, Kernel.of(7), NONE);

    assertThat(bytes(net.build(net.conv("z", y, 32, Kernel.of(7), NONE)), "y")).isEqualTo(46_208);
  }

  /** The reader with the widest window decides, and an output that nobody reads has no halo. */
  @Test
  void aTileSuitsAllItsReaders() {
    Value x = net.input("x", 1, 128, 128, 32);
    Value y = net.pointwise("y", x, 32, NONE);
    Value small = net.conv("small", y, 32, Kernel.of(3), NONE);
    Value large = net.conv("large", y, 32, Kernel.of(5), NONE);
    Graph graph = net.build(small, large);

    assertThat(bytes(graph, "y")).isEqualTo(36 * 36 * 32);
    assertThat(bytes(graph, "small")).isEqualTo(32 * 32 * 32);
  }

  /**
   * 150 rows are shared out as 38, 37, 38, 37, and 75 outputs as 19, 19, 19, 18. The third PE has
   * rows 75 to 112, and its outputs, 38 to 56, need rows 76 to 114: 40 rows. Columns likewise.
   */
  @Test
  void rowsAreSharedOutEvenlyBeforeAndAfterAStride() {
    Value x = net.input("x", 1, 150, 150, 4);

    assertThat(bytes(net.build(net.conv("y", x, 4, Kernel.of(3).stride(2), NONE)), "x"))
        .isEqualTo(40 * 40 * 4);
  }

  /**
   * 129 rows are shared out as 33, 32, 32, 32. No PE in the middle needs more than 34, and the
   * first has no row above; yet all have room for 33 + 2: what the vendor's compiler plans.
   */
  @Test
  void thereIsRoomForTheLargestTilesWindows() {
    Value x = net.input("x", 1, 129, 129, 72);

    assertThat(bytes(net.build(net.depthwise("y", x, Kernel.of(3), NONE)), "x"))
        .isEqualTo(35 * 35 * 72);
  }

  /** 13 channels take 16 bytes, and 8 x 8 maps 2 x 2. */
  @Test
  void channelsArePaddedToWords() {
    Value x = net.input("x", 2, 8, 8, 13);

    assertThat(bytes(net.build(net.pointwise("y", x, 16, NONE)), "x")).isEqualTo(2 * 2 * 2 * 16);
  }

  /** What the accelerator reads is in every PE; what only the host does is shared out by lanes. */
  @ParameterizedTest
  @CsvSource({"1000, 64", "64, 64", "30, 32", "5, 8", "1025, 128"})
  void aVectorIsInEveryPeWholeWhereItIsRead(int classes, long last) {
    Value x = net.input("x", 1, 1001);
    Value y = net.fullyConnected("y", x, 2001, NONE);
    Graph graph = net.build(net.fullyConnected("z", y, classes, NONE));

    assertThat(bytes(graph, "x")).isEqualTo(1004);
    assertThat(bytes(graph, "y")).isEqualTo(2004);
    assertThat(bytes(graph, "z")).isEqualTo(last);
  }

  /** Vectors are a row of a map: 50 tokens over 4 columns of PEs are 13 at most. */
  @Test
  void rowsOfVectorsLieOverTheColumnsOfTheGrid() {
    Value x = net.input("x", 1, 50, 64);
    Value y = net.input("y", 1, 50, 64);

    assertThat(bytes(net.build(net.add("z", x, y, NONE)), "x")).isEqualTo(13 * 64);
  }

  /** All 2 x 2 positions are in the first PE's 32 x 32; padded by nothing, each PE has its own. */
  @Test
  void whatIsPaddedIsWhereItsPaddedMapLies() {
    Value small = net.input("small", 1, 2, 2, 3);
    Value same = net.input("same", 1, 2, 2, 3);
    Operator around =
        new Operator.Pad(List.of(0, 0, 0, 0), List.of(0, 126, 126, 0), PadMode.CONSTANT);
    Operator nothing = new Operator.Pad(List.of(0, 0, 0, 0), List.of(0, 0, 0, 0), PadMode.CONSTANT);
    Graph graph = net.build(net.apply("pad", around, small), net.apply("none", nothing, same));

    assertThat(bytes(graph, "small")).isEqualTo(2 * 2 * 4);
    assertThat(bytes(graph, "same")).isEqualTo(4);
  }

  /** 38 rows of 32 channels in 32 columns of its own; an image lands through a line a channel. */
  @Test
  void rowsOfTheHostsLandWithoutTheirNeighboursColumns() {
    Value x = net.input("x", 1, 128, 128, 32);
    Value image = net.input("image", 1, 128, 128, 3);
    Graph graph =
        net.build(
            net.conv("y", x, 32, Kernel.of(7), NONE), net.conv("z", image, 8, Kernel.of(7), NONE));
    Mapping mapping = map(graph);
    Residence residence = Residence.of(mapping.graph(), mapping.layers(), GRID, Interruption.NEVER);

    assertThat(residence.landingBytes(tensor(mapping, "x"))).isEqualTo(38 * 32 * 32);
    assertThat(residence.landingBytes(tensor(mapping, "image"))).isEqualTo(3 * 256);
    assertThat(residence.tileBytes(tensor(mapping, "image"))).isEqualTo(38 * 38 * 4);
  }

  /** The same window, whatever says which rows are not there. */
  @Test
  void explicitPaddingIsHaloThatNobodyHas() {
    Value x = net.input("x", 1, 128, 128, 32);
    Kernel same = Kernel.of(7).padding(Padding.explicit(3, 3, 3, 3));
    Kernel valid = Kernel.of(7).padding(Padding.VALID);
    Value y = net.conv("y", x, 32, same, NONE);
    Graph graph = net.build(net.conv("z", y, 32, valid, NONE));

    assertThat(bytes(graph, "x")).isEqualTo(38 * 38 * 32);
    // 122 rows of outputs over 4: 31, 30, 31, 30. The third PE's, 61 to 91, need rows 61 to 97.
    assertThat(bytes(graph, "y")).isEqualTo(37 * 37 * 32);
  }

  /**
   * The depthwise layer at stride 2: 14 x 14 outputs of 96 channels and, for 14 of them, 13 x 2 + 3
   * = 29 of the 112 rows and columns before: 29 x 29 x 96 + 14 x 14 x 96, the vendor's figure.
   */
  @Test
  void mobileNetV2NeedsWhatTheVendorsCompilerPlans() {
    MemoryPlan plan = map(Zoo.find("mobilenet_v2").orElseThrow().graph()).memory();

    assertThat(plan.peakBytes()).isEqualTo(99_552).isEqualTo((29 * 29 + 14 * 14) * 96);
    assertThat(plan.lowerBoundBytes()).isEqualTo(plan.peakBytes());
  }

  private static long bytes(Graph graph, String tensor) {
    Mapping mapping = map(graph);
    return Residence.of(mapping.graph(), mapping.layers(), GRID, Interruption.NEVER)
        .tileBytes(tensor(mapping, tensor));
  }

  private static int tensor(Mapping mapping, String name) {
    return IntStream.range(0, mapping.graph().tensors().size())
        .filter(index -> mapping.graph().tensor(index).name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Mapping map(Graph graph) {
    return Compiler.map(CanonicalGraph.of(graph), GRID, Interruption.NEVER);
  }
}
