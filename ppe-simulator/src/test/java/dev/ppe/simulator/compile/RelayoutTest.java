package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Grid;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Maps that become rows of vectors, or a vector, pass through each PE whole, if there is room. */
class RelayoutTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  /** 600 boxes of 91 classes over 4 columns of PEs are 150, and a tile of the map 3 x 3. */
  @Test
  void rowsOfBoxesComeThroughTheWholeMapBesideItsTile() {
    Mapping mapping = map(boxes(), 192 << 10);

    assertThat(layout(mapping)).hasValue(100 * 548L + 3 * 3 * 548);
    assertThat(place(mapping)).isEqualTo(150 * 92);
  }

  /** Where there is no room for all of it, it passes in pieces, and stays where it was. */
  @Test
  void aMapForWhichThereIsNoRoomPassesInPieces() {
    Graph boxes = boxes();
    Mapping roomy = map(boxes, 192 << 10);
    Mapping tight = map(boxes, 64 << 10);

    assertThat(layout(tight)).isEmpty();
    assertThat(place(tight)).isEqualTo(place(roomy));
    assertThat(tight.memory().peakBytes()).isLessThanOrEqualTo(64 << 10);
    assertThat(tight.memory().overflowing()).isEqualTo(roomy.memory().overflowing());
  }

  /** A vector is whole in every PE, so what passes is its place; words are those of the map. */
  @Test
  void aVectorIsWhatPassed() {
    Value map = net.pointwise("map", map(), 13, Activation.NONE);
    Value vector = net.reshape("view", map, 1, -1);
    Mapping mapping =
        map(net.build(net.fullyConnected("y", vector, 8, Activation.NONE)), 192 << 10);

    assertThat(layout(mapping)).hasValue(3 * 3 * 16L);
    assertThat(place(mapping)).isEqualTo(100 * 16);
  }

  /** Nobody on the chip reads the vector: there is no place for all of it, which passes at most. */
  @Test
  void aVectorForTheHostTakesNoPlaceOfItsOwn() {
    Graph flat =
        net.build(net.reshape("view", net.pointwise("map", map(), 64, Activation.NONE), 1, -1));
    Mapping roomy = map(flat, 192 << 10);

    assertThat(layout(roomy)).hasValue(100 * 64L + 3 * 3 * 64);
    assertThat(place(roomy)).isLessThan(100 * 64);
    assertThat(map(flat, 4 << 10).memory().overflowing()).doesNotContain(true);
  }

  /** Of several that are laid out anew, each passes whole that has room. */
  @Test
  void oneThatHasNoRoomLeavesTheOthersTheirs() {
    Value x = map();
    Value large = net.reshape("boxes", net.pointwise("map", x, 546, Activation.NONE), 1, -1, 91);
    Value small = net.reshape("view", net.pointwise("other", x, 52, Activation.NONE), 1, -1, 4);
    Mapping mapping = map(net.build(large, small), 64 << 10);

    assertThat(layout(mapping)).hasValue(100 * 52L + 3 * 3 * 52);
    assertThat(mapping.memory().peakBytes()).isLessThanOrEqualTo(64 << 10);
  }

  /** A view of a view has its place where the map has: that is as large as the largest needs. */
  @Test
  void aMapHasThePlaceThatViewsOfItsViewsNeed() {
    Value map = net.pointwise("map", map(), 64, Activation.NONE);
    Value rows = net.reshape("rows", map, 1, 100, 64);
    Value vector = net.reshape("view", net.reshape("again", rows, 1, 50, 128), 1, -1);
    Mapping mapping =
        map(net.build(net.fullyConnected("y", vector, 8, Activation.NONE)), 192 << 10);

    assertThat(place(mapping)).isEqualTo(100 * 64);
  }

  /** Rows of vectors that become one vector are gathered as a map is. */
  @Test
  void rowsOfVectorsAreGathered() {
    Value tokens =
        net.add("map", net.input("a", 1, 28, 20), net.input("b", 1, 28, 20), Activation.NONE);
    Value vector = net.reshape("view", tokens, 1, -1);
    Mapping mapping =
        map(net.build(net.fullyConnected("y", vector, 8, Activation.NONE)), 192 << 10);

    assertThat(layout(mapping)).hasValue(7 * 20L);
  }

  @Test
  void aViewThatLiesAsItsMapDoesPassesThroughNothing() {
    Value vector = net.reshape("view", net.globalAveragePool("pool", map()), 1, -1);
    Mapping mapping =
        map(net.build(net.fullyConnected("y", vector, 8, Activation.NONE)), 192 << 10);

    assertThat(layout(mapping)).isEmpty();
  }

  private Value map() {
    return net.input("x", 1, 10, 10, 64);
  }

  private Graph boxes() {
    Value map = net.pointwise("map", map(), 546, Activation.NONE);
    return net.build(net.reshape("view", map, 1, -1, 91));
  }

  private static Optional<Long> layout(Mapping mapping) {
    return mapping.memory().buffers().stream()
        .filter(buffer -> buffer.what().equals("layout of view"))
        .map(Buffer::bytes)
        .findFirst();
  }

  private static long place(Mapping mapping) {
    List<Buffer> places =
        mapping.memory().buffers().stream().filter(b -> b.what().equals("map")).toList();
    return places.getFirst().bytes();
  }

  private static Mapping map(Graph graph, int peMemoryBytes) {
    Accelerator grid =
        AcceleratorBuilder.small()
            .grid(4, 4)
            .split(Grid.Split.SPATIAL)
            .core(new Core.Simd(1, 64, 4, 4, false, 4, 1))
            .peMemoryBytes(peMemoryBytes)
            .parameterMemory(8 << 20, 512 << 10)
            .build();
    return Compiler.map(CanonicalGraph.of(graph), grid, Interruption.NEVER);
  }
}
