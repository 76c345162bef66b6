package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
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
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines of 16 output channels by 4 inputs; sizes are {@link StoredParametersTest}'s business. */
class ParameterCacheTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  private static Accelerator caching(long bytes) {
    return withoutInstructions().parameterMemory(bytes, 1 << 10).build();
  }

  private static AcceleratorBuilder withoutInstructions() {
    return AcceleratorBuilder.small().instructions(0, 0, 0, 0);
  }

  /** 32 x (16 + 8) = 768, 64 x (32 + 8) = 2560, 16 x (64 + 8) = 1152. */
  private Graph threeLayers() {
    Value x = net.input("x", 1, 8, 8, 16);
    Value y = net.pointwise("a", x, 32, Activation.NONE);
    y = net.pointwise("b", y, 64, Activation.NONE);
    return net.build(net.pointwise("c", y, 16, Activation.NONE));
  }

  /** Of 3800 bytes the second and third leave 88; of 2000 the third leaves enough for the first. */
  @ParameterizedTest
  @CsvSource({
    "4480, true, true, true",
    "4479, false, true, true",
    "3800, false, true, true",
    "2560, false, true, false",
    "2000, true, false, true",
    "1500, false, false, true",
    "1000, true, false, false",
    "767, false, false, false",
  })
  void theLargestLayersThatStillFitAreKept(long cache, boolean a, boolean b, boolean c) {
    MemoryPlan plan = plan(threeLayers(), caching(cache));

    assertThat(plan.parameterBytes()).containsExactly(768L, 2560L, 1152L);
    assertThat(plan.cached()).containsExactly(a, b, c);
  }

  /** Both have 256 + 8 x 16 = 384 bytes. */
  @Test
  void amongEqualsTheFirstIsKept() {
    Value x = net.input("x", 1, 8, 8, 16);
    Value y = net.pointwise("a", x, 16, Activation.NONE);

    assertThat(plan(net.build(net.pointwise("b", y, 16, Activation.NONE)), caching(600)).cached())
        .containsExactly(true, false);
  }

  /**
   * 80 outputs of a single position are 5 passes over the lanes, for 4 PEs: one has two, that is 2
   * x 1152 of 80 x (64 + 8) = 5760 bytes, and must have room for them in its quarter of the memory.
   */
  @ParameterizedTest
  @CsvSource({"9216, true", "9215, false"})
  void aVectorsLayerIsKeptWhereTheBusiestPeHasRoomForItsShare(long cache, boolean kept) {
    Value x = net.input("x", 1, 64);

    MemoryPlan plan =
        plan(net.build(net.fullyConnected("y", x, 80, Activation.NONE)), caching(cache));
    assertThat(plan.parameterBytes()).containsExactly(5760L);
    assertThat(plan.cached()).containsExactly(kept);
  }

  /** The same weights over a map: every PE has its own positions and takes all of them. */
  @Test
  void aMapsLayerNeedsRoomInAllOfTheMemoryOnly() {
    Value x = net.input("x", 1, 8, 8, 64);

    assertThat(plan(net.build(net.pointwise("y", x, 80, Activation.NONE)), caching(5760)).cached())
        .containsExactly(true);
  }

  @Test
  void weightsThatLayersShareAreStoredOnce() {
    MemoryPlan plan = plan(shared(), caching(256));

    assertThat(plan.parameterBytes()).containsExactly(16L * 16, 0L, 0L);
    assertThat(plan.cached()).containsExactly(true, true, true);
  }

  /** They are gone when the second layer needs them. */
  @Test
  void sharedWeightsThatDoNotStayAreFetchedByEachLayer() {
    MemoryPlan plan = plan(shared(), caching(255));

    assertThat(plan.parameterBytes()).containsExactly(256L, 256L, 256L);
    assertThat(plan.cached()).containsExactly(false, false, false);
  }

  private Graph shared() {
    Value x = net.input("x", 1, 8, 8, 16);
    Value weights = net.weights("w", Shape.of(16, 1, 1, 16), 0);
    Operator conv = new Operator.Conv2d(Window.square(1, 1, Padding.SAME), 1, Activation.NONE);
    Value y = x;
    for (int i = 0; i < 3; i++) {
      y = net.apply("y" + i, conv, y, weights);
    }
    return net.build(y);
  }

  @Test
  void weightsOfTheHostTakeNoRoom() {
    Value x = net.input("x", 1, 8, 8, 16);
    Value table = net.parameter("table", 100, 16);
    Operator gather = new Operator.Gather(0, 0);
    Value picked = net.apply("picked", gather, table, net.reshape("i", x, 64, 16));
    Accelerator hosting = AcceleratorBuilder.small().hostOperators("gather").build();
    MemoryPlan plan = plan(net.build(picked), hosting);

    assertThat(plan.parameterBytes()).containsOnly(0L);
  }

  /**
   * 16 x 16 x 32 bytes of input are more than four memories of a KiB and lie in the parameter
   * memory: 640 bytes of parameters need 8192 + 640.
   */
  @ParameterizedTest
  @CsvSource({"8832, true", "8831, false", "8192, false"})
  void anInputThatOverflowsTakesItsRoomFirst(long cache, boolean kept) {
    MemoryPlan plan = plan(largeInput(), overflowing(cache));

    assertThat(plan.overflowing().getFirst()).isTrue();
    assertThat(plan.offChip()).doesNotContain(true);
    assertThat(plan.cached()).containsExactly(kept);
  }

  /** 500 bytes and 100 a layer: 4480 of parameters need 800 more. */
  @ParameterizedTest
  @CsvSource({"5280, true", "5279, false"})
  void instructionsTakeTheirRoomFirst(long cache, boolean kept) {
    Accelerator accelerator =
        AcceleratorBuilder.small()
            .instructions(500, 100, 0, 0)
            .parameterMemory(cache, 1 << 10)
            .build();

    assertThat(plan(threeLayers(), accelerator).cached()).containsExactly(kept, true, true);
  }

  /** One byte more, and the input takes the room of the parameters, which then are fetched. */
  @Test
  void whatTheParameterMemoryCannotTakeGoesOffTheChip() {
    MemoryPlan plan = plan(largeInput(), overflowing(8191));

    assertThat(plan.offChip().getFirst()).isTrue();
    assertThat(plan.cached()).containsExactly(true);
    assertThat(map(largeInput(), overflowing(8191)).streamedBytes()).isZero();
    assertThat(map(largeInput(), overflowing(8192)).streamedBytes()).isEqualTo(640);
  }

  private static Graph largeInput() {
    GraphBuilder net = GraphBuilder.named("large-input", Arithmetic.INT8);
    Value x = net.input("x", 1, 16, 16, 32);
    return net.build(net.pointwise("y", x, 16, Activation.NONE));
  }

  private static Accelerator overflowing(long cache) {
    return withoutInstructions()
        .peMemoryBytes(1 << 10)
        .overflow(Overflow.PARAMETER_MEMORY)
        .parameterMemory(cache, 1 << 10)
        .build();
  }

  /**
   * Largest first caches no less with more room where only the sum is limited: a layer that comes
   * to fit is at least as large as all that fitted without it. The rule of the busiest PE can break
   * that, see {@link #moreRoomMayLetInALayerThatKeepsOutMore}.
   */
  static List<Graph> networks() {
    return Networks.some();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void moreRoomNeverStreamsMore(Graph graph) {
    long before = Long.MAX_VALUE;
    for (long kib = 0; kib < 20_000; kib = 1 + 5 * kib / 4) {
      Mapping mapping =
          map(
              graph,
              AcceleratorBuilder.like("coral-usb").parameterMemory(kib << 10, 1 << 19).build());
      assertThat(mapping.cachedBytes()).isLessThanOrEqualTo(kib << 10);
      assertThat(mapping.streamedBytes()).isLessThanOrEqualTo(before);
      assertThat(mapping.streamedBytes() + mapping.cachedBytes())
          .isEqualTo(mapping.memory().parameterBytes().stream().mapToLong(b -> b).sum());
      before = mapping.streamedBytes();
    }
  }

  /**
   * Four PEs. The first layer, 80 outputs in 5 passes, has 80 x (64 + 8) = 5760 bytes, but a memory
   * of 9215 is too small for it, as above; so two of 16 x (240 + 8) = 3968 and one of 16 x (60 + 8)
   * = 1088 stay, 9024 bytes. One byte more lets it in, and beside it only the smallest.
   */
  @Test
  void moreRoomMayLetInALayerThatKeepsOutMore() {
    Value v = net.input("v", 1, 64);
    Value m = net.input("m", 1, 8, 8, 240);
    Value s = net.input("s", 1, 8, 8, 60);
    Graph graph =
        net.build(
            net.fullyConnected("vector", v, 80, Activation.NONE),
            net.pointwise("one", m, 16, Activation.NONE),
            net.pointwise("two", m, 16, Activation.NONE),
            net.pointwise("three", s, 16, Activation.NONE));
    Mapping less = map(graph, caching(9215));
    Mapping more = map(graph, caching(9216));

    assertThat(less.memory().parameterBytes()).containsExactly(5760L, 3968L, 3968L, 1088L);
    assertThat(less.memory().cached()).containsExactly(false, true, true, true);
    assertThat(more.memory().cached()).containsExactly(true, false, false, true);
    assertThat(more.streamedBytes()).isGreaterThan(less.streamedBytes());
  }

  private static MemoryPlan plan(Graph graph, Accelerator accelerator) {
    return map(graph, accelerator).memory();
  }

  private static Mapping map(Graph graph, Accelerator accelerator) {
    return Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER);
  }
}
