package dev.ppe.simulator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shapes between those that were measured: times grow with a layer's sizes, without cliffs that no
 * mechanism explains. Parameters fit on the chip throughout, as a layer that does not is streamed
 * as a whole.
 */
class BetweenMeasuredShapesTest {
  /** Around multiples of the dot product, of padded channels and of the lanes. */
  private static final List<Integer> CHANNELS =
      List.of(8, 9, 12, 13, 16, 17, 31, 32, 33, 48, 63, 64, 65, 96, 100, 127, 128, 129);

  /** Around multiples of the PEs' rows. */
  private static final List<Integer> SIZES = List.of(7, 8, 9, 13, 14, 15, 27, 28, 29, 55, 56, 57);

  private static final List<Integer> UNITS = List.of(63, 64, 65, 500, 1000, 1001, 1024, 2000);

  /** Cycles: refreshes of a DRAM fall at other moments. */
  private static final long REFRESHES = 10;

  /** 8 channels and one are padded to 12: half as many again of what passes the link. */
  private static final double ONE_MORE = 1.5;

  /** All lanes and one channel are two passes over the lanes. */
  private static final double ONE_MORE_THAN_LANES = 2;

  private static final int LANES = 64;

  /** Twice the size is four times the work; a little more for what does not divide evenly. */
  private static final double TWICE_THE_SIZE = 4.2;

  static Stream<Arguments> shapes() {
    return Stream.of("coral-pcie", "tensor-g1")
        .flatMap(
            preset ->
                Stream.of(
                        Kernel.POINT, Kernel.of(3), Kernel.of(3).stride(2), Kernel.of(5).stride(2))
                    .map(kernel -> Arguments.of(preset, kernel)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void timesGrowWithChannelsAndSizesWithoutCliffs(String preset, Kernel kernel) {
    Accelerator accelerator = Presets.get(preset);
    for (int size : new int[] {7, 28}) {
      assertSmooth(accelerator, CHANNELS, c -> conv(size, c, 96, kernel));
      assertSmooth(accelerator, CHANNELS, c -> conv(size, 96, c, kernel));
      assertSmooth(accelerator, CHANNELS, c -> depthwise(size, c, kernel));
    }
    assertSmooth(accelerator, SIZES, size -> conv(size, 64, 64, kernel));
    assertSmooth(accelerator, SIZES, size -> depthwise(size, 96, kernel));
    assertSmooth(accelerator, UNITS, units -> dense(units, 1000));
    assertSmooth(accelerator, UNITS, units -> dense(1000, units));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void twiceASizeIsNoMoreThanTheWork(String preset, Kernel kernel) {
    Accelerator accelerator = Presets.get(preset);
    for (int n : new int[] {14, 20, 28}) {
      long once = cycles(conv(n, 64, 64, kernel), accelerator);
      assertThat((double) cycles(conv(2 * n, 64, 64, kernel), accelerator))
          .isLessThan(TWICE_THE_SIZE * once);
      assertThat((double) cycles(conv(n, 128, 128, kernel), accelerator))
          .isLessThan(TWICE_THE_SIZE * once);
    }
  }

  private static void assertSmooth(
      Accelerator accelerator, List<Integer> sizes, IntFunction<Graph> shape) {
    long last = cycles(shape.apply(sizes.getFirst()), accelerator);
    for (int i = 1; i < sizes.size(); i++) {
      Graph graph = shape.apply(sizes.get(i));
      long now = cycles(graph, accelerator);
      assertThat(now)
          .as("%s with %d after %d", graph.nodes(), sizes.get(i), sizes.get(i - 1))
          .isGreaterThanOrEqualTo(last - REFRESHES);
      if (sizes.get(i) == sizes.get(i - 1) + 1) {
        assertThat((double) now)
            .as("%s with one more than %d", graph.nodes(), sizes.get(i - 1))
            .isLessThan((sizes.get(i - 1) % LANES == 0 ? ONE_MORE_THAN_LANES : ONE_MORE) * last);
      }
      last = now;
    }
  }

  private static Graph conv(int size, int inputs, int outputs, Kernel kernel) {
    GraphBuilder net = GraphBuilder.named("layer", Arithmetic.INT8);
    Value x = net.input("image", 1, size, size, inputs);
    return net.build(net.conv("conv", x, outputs, kernel, Activation.RELU));
  }

  private static Graph depthwise(int size, int channels, Kernel kernel) {
    GraphBuilder net = GraphBuilder.named("layer", Arithmetic.INT8);
    Value x = net.input("image", 1, size, size, channels);
    return net.build(net.depthwise("depthwise", x, kernel, Activation.RELU));
  }

  private static Graph dense(int inputs, int outputs) {
    GraphBuilder net = GraphBuilder.named("layer", Arithmetic.INT8);
    return net.build(
        net.fullyConnected("dense", net.input("vector", 1, inputs), outputs, Activation.RELU));
  }

  private static long cycles(Graph graph, Accelerator accelerator) {
    return PerformanceEvaluator.evaluate(graph, accelerator, Fidelity.CYCLE, Interruption.NEVER)
        .cycles();
  }
}
