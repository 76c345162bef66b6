package dev.ppe.simulator.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.activity.Activity.LayerActivity;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/**
 * Small layers, calculated by hand. "Small" does a cycle a nanosecond; its link takes a byte in a
 * cycle in, and in two out, and waits 100 before; invocation 1000, instructions 200 + 100 a layer.
 */
class AnalyticalModelTest {
  private static final Activation NONE = Activation.NONE;

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  private static Activity estimate(Graph graph, AcceleratorBuilder accelerator) {
    return AnalyticalModel.inference(map(graph, accelerator), Interruption.NEVER);
  }

  private static Mapping map(Graph graph, AcceleratorBuilder accelerator) {
    return Compiler.map(CanonicalGraph.of(graph), accelerator.build(), Interruption.NEVER);
  }

  private Graph pointwise() {
    return net.build(net.pointwise("y", net.input("x", 1, 8, 8, 16), 32, NONE));
  }

  /**
   * Invocation 1000, instructions 100 + 300, input 100 + 1024; 16 positions a PE x 4 words x 2
   * passes = 128; output 100 + 2 x 2048.
   */
  @Test
  void aNetworkOfOneLayerTakesWhatItsPartsTake() {
    Activity activity = estimate(pointwise(), AcceleratorBuilder.small());
    LayerActivity layer = activity.layers().getFirst();

    assertThat(activity.time().of(Cause.INVOCATION)).isEqualTo(1000);
    assertThat(activity.time().of(Cause.HOST_LINK)).isEqualTo(400 + 1124 + 4196);
    assertThat(activity.time().of(Cause.COMPUTE)).isEqualTo(128);
    assertThat(activity.cycles()).isEqualTo(6848);
    assertThat(layer.time().total()).isEqualTo(128);
    assertThat(layer.startCycle()).isEqualTo(2524);
    assertThat(layer.finishCycle()).isEqualTo(2652);
    assertThat(layer.arrayCycles()).isEqualTo(128);
    assertThat(layer.parameterFetchBytes()).isZero();
    assertThat(layer.activationBytes()).isZero();
  }

  /** 50 cycles until the layer's instructions are decoded, on the cores. */
  @Test
  void decodingAddsToALayer() {
    Activity activity = estimate(pointwise(), AcceleratorBuilder.small().invocation(1000, 50));

    assertThat(activity.cycles()).isEqualTo(6848 + 50);
    assertThat(activity.layers().getFirst().arrayCycles()).isEqualTo(128 + 50);
    assertThat(activity.layers().getFirst().startCycle()).isEqualTo(2524);
  }

  /** 16 x 32 weights and 32 biases with scales: 768 bytes, after the input and before the cores. */
  @Test
  void parametersThatNothingHidesComeWhenTheOperandsAreThere() {
    AcceleratorBuilder streaming =
        AcceleratorBuilder.small().hiding(true, false).parameterMemory(0, 4 << 10);
    Activity activity = estimate(pointwise(), streaming);

    assertThat(activity.time().of(Cause.PARAMETER_FETCH)).isEqualTo(100 + 768);
    assertThat(activity.cycles()).isEqualTo(6848 + 868);
    assertThat(activity.layers().getFirst().parameterFetchBytes()).isEqualTo(768);
    assertThat(activity.layers().getFirst().startCycle()).isEqualTo(2524);
  }

  /**
   * Two layers of 64 and 16 features stream 64 x 16 + 16 x 8 = 1152 and 16 x 16 + 16 x 8 = 384
   * bytes: the first come behind the input, 1400 + 164 + 1252; the second right after, while the
   * cores work 16 cycles, 484 later.
   */
  @Test
  void prefetchedParametersComeUnderEarlierLayers() {
    Value y = net.fullyConnected("y", net.input("x", 1, 64), 16, NONE);
    Activity activity =
        estimate(
            net.build(net.fullyConnected("z", y, 16, NONE)),
            AcceleratorBuilder.small().parameterMemory(0, 8 << 10));
    long instructions = 100 + 400;
    long first = 1000 + instructions + (100 + 64) + (100 + 1152);

    assertThat(activity.layers().get(0).startCycle()).isEqualTo(first - 1252);
    assertThat(activity.layers().get(1).startCycle()).isEqualTo(first);
    assertThat(activity.time().of(Cause.PARAMETER_FETCH)).isEqualTo(1252 + 484);
  }

  /** 1024 floats become 8 bits at one a nanosecond, beside the driver; 2048 bytes in and out. */
  @Test
  void theHostWorksBeforeAndAfterTheAccelerator() {
    Value image = net.input("image", DataType.FLOAT32, 1, 8, 8, 16);
    Value q = net.apply("q", new Operator.Quantize(), image);
    Value y = net.pointwise("y", q, 32, NONE);
    Activity activity =
        estimate(net.build(net.unary("sine", UnaryFunction.SIN, y)), AcceleratorBuilder.small());

    // q 1524, driver until 2524, instructions 2924, input 4048, y 4176, output 8372, sine 12,968
    assertThat(activity.layers().get(1).finishCycle()).isEqualTo(4176);
    assertThat(activity.cycles()).isEqualTo(8372 + 500 + 2 * 2048);
    assertThat(activity.time().of(Cause.HOST)).isEqualTo(1524 + 4596);
  }

  /** An invocation of 1000 and 100 + 768 bytes, once. */
  @Test
  void whatStaysOnTheChipIsUploadedOnce() {
    Graph graph = pointwise();
    Mapping cached = map(graph, AcceleratorBuilder.small());
    Mapping streamed = map(graph, AcceleratorBuilder.small().parameterMemory(0, 4 << 10));

    assertThat(AnalyticalModel.upload(cached, Interruption.NEVER).cycles()).isEqualTo(1000 + 868);
    assertThat(AnalyticalModel.upload(streamed, Interruption.NEVER).cycles()).isZero();
  }

  @Test
  void anInterruptionEndsIt() {
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                AnalyticalModel.inference(
                    map(pointwise(), AcceleratorBuilder.small()),
                    () -> {
                      throw new CancellationException("enough");
                    }));
  }
}
