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
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Coral's lines hold 64 output channels with 4 inputs each. */
class ParameterCacheTest {
  private static final Accelerator CORAL = AcceleratorBuilder.like("coral-usb").build();

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  /** Kernel x padded inputs x padded outputs + 8 x padded outputs. */
  @ParameterizedTest
  @CsvSource({
    "3, 128, 128, 148480", // as the vendor's compiler says
    "3, 64, 64, 37376",
    "1, 64, 65, 9216", // 64 x 128 + 8 x 128
    "1, 3, 64, 768", // 4 x 64 + 8 x 64
    "1, 1, 64, 576", // one input needs no padding
  })
  void aConvolutionsWeightsArePaddedToLines(int kernel, int inputs, int outputs, long bytes) {
    Value x = net.input("x", 1, 8, 8, inputs);
    Value y = net.conv("y", x, outputs, Kernel.of(kernel), Activation.NONE);

    assertThat(plan(net.build(y), CORAL).parameterBytes()).containsExactly(bytes);
  }

  @Test
  void aDepthwiseConvolutionHasOneWeightAChannelAndElement() {
    Value y = net.depthwise("y", net.input("x", 1, 8, 8, 100), Kernel.of(3), Activation.NONE);

    assertThat(plan(net.build(y), CORAL).parameterBytes()).containsExactly(128L * (9 + 8));
  }

  @Test
  void otherParametersAreStoredAsTheyAre() {
    Value x = net.input("x", 1, 8, 8, 100);
    Value y = net.multiply("y", x, net.parameter("scale", 1, 1, 1, 100));

    assertThat(plan(net.build(y), CORAL).parameterBytes()).containsExactly(100L);
  }

  /** The second does not fit, the third still does. */
  @Test
  void layersAreKeptInOrderAsLongAsTheyFitAndNeverSplit() {
    Value x = net.input("x", 1, 8, 8, 16);
    Value y = net.pointwise("a", x, 32, Activation.NONE); // 32 x (16 + 8) = 768
    y = net.pointwise("b", y, 64, Activation.NONE); // 64 x (32 + 8) = 2560
    y = net.pointwise("c", y, 16, Activation.NONE); // 16 x (64 + 8) = 1152
    MemoryPlan plan =
        plan(net.build(y), AcceleratorBuilder.small().parameterMemory(2000, 1 << 10).build());

    assertThat(plan.parameterBytes()).containsExactly(768L, 2560L, 1152L);
    assertThat(plan.cached()).containsExactly(true, false, true);
  }

  @Test
  void weightsThatLayersShareAreStoredOnce() {
    MemoryPlan plan = plan(shared(), CORAL);

    assertThat(plan.parameterBytes()).containsExactly(64L * (16 + 8), 0L, 0L);
    assertThat(plan.cached()).containsExactly(true, true, true);
  }

  /** They are gone when the second layer needs them. */
  @Test
  void sharedWeightsThatDoNotStayAreFetchedByEachLayer() {
    long bytes = 64L * (16 + 8);
    MemoryPlan plan =
        plan(shared(), AcceleratorBuilder.like(CORAL).parameterMemory(1000, 1 << 10).build());

    assertThat(plan.parameterBytes()).containsExactly(bytes, bytes, bytes);
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
    MemoryPlan plan = plan(net.build(picked), CORAL);

    assertThat(plan.parameterBytes()).containsOnly(0L);
  }

  static List<Graph> networks() {
    return Networks.some();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void moreRoomNeverStreamsMore(Graph graph) {
    long before = Long.MAX_VALUE;
    for (long kib = 0; kib < 20_000; kib = 1 + 5 * kib / 4) {
      Mapping mapping =
          map(graph, AcceleratorBuilder.like(CORAL).parameterMemory(kib << 10, 1 << 19).build());
      assertThat(mapping.cachedBytes()).isLessThanOrEqualTo(kib << 10);
      assertThat(mapping.streamedBytes()).isLessThanOrEqualTo(before);
      assertThat(mapping.streamedBytes() + mapping.cachedBytes())
          .isEqualTo(mapping.memory().parameterBytes().stream().mapToLong(b -> b).sum());
      before = mapping.streamedBytes();
    }
  }

  private static MemoryPlan plan(Graph graph, Accelerator accelerator) {
    return map(graph, accelerator).memory();
  }

  private static Mapping map(Graph graph, Accelerator accelerator) {
    return Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER);
  }
}
