package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Grid;
import dev.ppe.simulator.hardware.Instructions;
import org.junit.jupiter.api.Test;

/** A program has 10,000 bytes, a layer 1000, a row of a tile 100, a block of 16 channels 1. */
class InstructionBytesTest {
  private static final Activation NONE = Activation.NONE;
  private static final AcceleratorBuilder COUNTING =
      AcceleratorBuilder.small()
          .split(Grid.Split.SPATIAL)
          .contiguousRegion(false)
          .instructions(10_000, 1000, 100, 1);

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  private Value x() {
    return net.input("x", 1, 9, 9, 16);
  }

  /** 9 rows over 2 are 5; 40 channels are 3 blocks. */
  @Test
  void aLayersLoopsOverRowsAndBlocksAreUnrolled() {
    assertThat(bytes(net.build(net.pointwise("y", x(), 40, NONE)))).isEqualTo(11_503);
  }

  @Test
  void layersAddUpAndViewsAreNone() {
    Value y = net.pointwise("y", x(), 40, NONE);
    Value z = net.pointwise("z", net.reshape("flat", y, 1, 9, 9, 40), 16, NONE);

    assertThat(bytes(net.build(z))).isEqualTo(10_000 + 1503 + 1501);
  }

  /** 100 classes over 4 PEs are 25, two blocks; a vector is a row. */
  @Test
  void aVectorIsOneRowAndItsChannelsAreSharedOut() {
    Value v = net.input("v", 1, 64);

    assertThat(bytes(net.build(net.fullyConnected("y", v, 100, NONE)))).isEqualTo(11_102);
  }

  /** 9 rows are 5 and 4: the PEs differ. 8 rows are 4 and 4. */
  @Test
  void unequalTilesTakeInstructionsOfTheirOwn() {
    Accelerator uneven =
        AcceleratorBuilder.small()
            .split(Grid.Split.SPATIAL)
            .instructions(new Instructions(10_000, 1000, 0, 0, 77, 0, 0))
            .build();
    GraphBuilder even = GraphBuilder.named("even", Arithmetic.INT8);
    Value y = even.pointwise("y", even.input("x", 1, 8, 8, 16), 40, NONE);

    assertThat(bytes(net.build(net.pointwise("y", x(), 40, NONE)), uneven)).isEqualTo(11_077);
    assertThat(bytes(even.build(y), uneven)).isEqualTo(11_000);
  }

  /** A map that becomes rows of boxes, or a vector, lies over other PEs than before. */
  @Test
  void aMapThatIsLaidOutAnewTakesInstructions() {
    Accelerator uneven =
        AcceleratorBuilder.small()
            .instructions(new Instructions(10_000, 1000, 0, 0, 77, 0, 0))
            .build();
    long without = bytes(reshaped(1, 8, 8, 12), uneven);

    assertThat(without).isEqualTo(11_000);
    assertThat(bytes(reshaped(1, 192, 4), uneven)).isEqualTo(without + 1077);
    assertThat(bytes(reshaped(1, 768), uneven)).isEqualTo(without + 1077);
  }

  private static Graph reshaped(Integer... shape) {
    GraphBuilder net = GraphBuilder.named("map", Arithmetic.INT8);
    Value map = net.pointwise("y", net.input("x", 1, 8, 8, 16), 12, NONE);
    return net.build(net.reshape("view", map, shape));
  }

  /** A vector lies over no rows and columns that it could leave. */
  @Test
  void aVectorThatBecomesAMapTakesNone() {
    Accelerator uneven =
        AcceleratorBuilder.small()
            .instructions(new Instructions(10_000, 1000, 0, 0, 77, 0, 0))
            .build();
    GraphBuilder net = GraphBuilder.named("vector", Arithmetic.INT8);
    Value map = net.reshape("view", net.input("v", 64), 1, 4, 4, 4);

    assertThat(bytes(net.build(net.pointwise("y", map, 12, NONE)), uneven)).isEqualTo(11_000);
  }

  /** 24 outputs are two passes over 16 lanes, in two PEs; 100 are seven, in all four. */
  @Test
  void everyPeThatTakesChannelsOfItsOwnHasInstructionsForThem() {
    Accelerator parts =
        AcceleratorBuilder.small()
            .instructions(new Instructions(10_000, 1000, 0, 0, 77, 5, 0))
            .build();
    Value v = net.fullyConnected("y", net.input("v", 1, 64), 24, NONE);

    assertThat(bytes(net.build(v), parts)).isEqualTo(11_010);
    assertThat(bytes(net.build(net.fullyConnected("z", v, 100, NONE)), parts))
        .isEqualTo(12_010 + 20);
  }

  /** What the host does in between takes none. */
  @Test
  void everyStageIsAProgram() {
    Value sine = net.unary("sine", UnaryFunction.SIN, net.pointwise("y", x(), 40, NONE));

    assertThat(bytes(net.build(net.pointwise("z", sine, 16, NONE))))
        .isEqualTo(2 * 10_000 + 1503 + 1501);
  }

  @Test
  void theHostAloneNeedsNone() {
    assertThat(bytes(net.build(net.unary("sine", UnaryFunction.SIN, x())))).isZero();
  }

  private static long bytes(Graph graph) {
    return bytes(graph, COUNTING.build());
  }

  private static long bytes(Graph graph, Accelerator accelerator) {
    return InstructionBytes.of(
        Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER));
  }
}
