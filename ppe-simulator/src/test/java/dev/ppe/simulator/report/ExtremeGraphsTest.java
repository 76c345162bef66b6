package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.compile.CompilationException;
import dev.ppe.simulator.compile.OperatorZoo;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is valid gets an answer in sensible numbers, or a reason why not. */
class ExtremeGraphsTest {
  private static final Activation NONE = Activation.NONE;
  private static final int HUGE = 1 << 16;

  static Stream<Graph> extremes() {
    Operator pointwise = new Operator.Conv2d(Window.square(1, 1, Padding.SAME), 1, NONE);
    Operator add = new Operator.Binary(BinaryFunction.ADD, NONE);
    Operator relu = new Operator.Unary(UnaryFunction.RELU);
    return Stream.of(
        OperatorZoo.everyOperator(),
        // As much work as the limits let pass: 2^42 multiply-accumulates, or nearly.
        conv(pointwise, Shape.of(1, 1 << 16, 1 << 16, 1), Shape.of(1, 1, 1, 1)),
        conv(pointwise, Shape.of(1, 1 << 10, 1 << 10, 1 << 11), Shape.of(1 << 10, 1, 1, 1 << 11)),
        conv(pointwise, Shape.of(1 << 12, 1, 1, 1 << 15), Shape.of(1 << 14, 1, 1, 1 << 15)),
        conv(pointwise, Shape.of(1, 1, 1, 1 << 16), Shape.of(1 << 16, 1, 1, 1 << 16)),
        conv(
            new Operator.Conv2d(new Window(HUGE, HUGE, 1, 1, HUGE, HUGE, Padding.SAME), 1, NONE),
            Shape.of(1, 16, 16, 1),
            Shape.of(1, HUGE, HUGE, 1)),
        conv(
            new Operator.DepthwiseConv2d(
                new Window(HUGE, 1, HUGE, HUGE, 1, 1, Padding.SAME), 1, NONE),
            Shape.of(1, HUGE, HUGE, 1),
            Shape.of(1, HUGE, 1, 1)),
        conv(
            new Operator.Conv2d(Window.square(1, 1, Padding.SAME), 1 << 16, NONE),
            Shape.of(1, 1, 1, 1 << 16),
            Shape.of(1 << 16, 1, 1, 1)),
        conv(
            new Operator.TransposeConv2d(
                Window.square(40, 1, Padding.SAME), 1, Integer.MAX_VALUE, NONE),
            Shape.of(1, 1, Integer.MAX_VALUE, 1),
            Shape.of(1, 40, 40, 1)),
        OperatorZoo.single(
            new Operator.BatchMatMul(false, true),
            Shape.of(1 << 10, 1 << 10, 1 << 10),
            Shape.of(1, 1 << 10, 1 << 10)),
        OperatorZoo.single(new Operator.BatchMatMul(false, false), Shape.of(1, 9), Shape.of(9, 1)),
        // One of everything is as little as there can be.
        conv(pointwise, Shape.of(1, 1, 1, 1), Shape.of(1, 1, 1, 1)),
        OperatorZoo.single(relu, Shape.of()),
        OperatorZoo.single(relu, Shape.of(1)),
        OperatorZoo.single(add, Shape.of(), Shape.of(7)),
        // Other ranks.
        OperatorZoo.single(relu, Shape.of(1_000_000_000)),
        OperatorZoo.single(relu, Shape.of(1000, 1001)),
        OperatorZoo.single(relu, Shape.of(3, 5, 7)),
        OperatorZoo.single(add, Shape.of(2, 3, 4, 5, 6), Shape.of(5, 1)),
        OperatorZoo.single(new Operator.Softmax(0), Shape.of(2, 3, 4, 5, 6, 7, 8, 9)),
        OperatorZoo.single(new Operator.Transpose(List.of(4, 3, 2, 1, 0)), Shape.of(2, 3, 4, 5, 6)),
        // Two and more of a batch.
        conv(pointwise, Shape.of(64, 7, 7, 16), Shape.of(16, 1, 1, 16)),
        OperatorZoo.single(new Operator.GlobalPool2d(PoolFunction.MAX), Shape.of(9, 7, 7, 16)),
        // From much to little and from little to much.
        OperatorZoo.single(
            new Operator.Reduce(ReduceFunction.MEAN, List.of(), false), Shape.of(1 << 16, 1 << 16)),
        OperatorZoo.single(
            new Operator.Resize(ResizeMethod.BILINEAR, HUGE, HUGE, false, false),
            Shape.of(1, 1, 1, 1)),
        OperatorZoo.single(
            new Operator.Resize(ResizeMethod.NEAREST, 1, 1, false, false),
            Shape.of(1, HUGE, HUGE, 1)),
        // As many rows as a tensor can have, and another number of them.
        OperatorZoo.single(relu, Shape.of(1 << 16, 1 << 16, 1, 1)),
        OperatorZoo.single(
            new Operator.Slice(List.of(0, 0, 0, 0), List.of(HUGE - 1, HUGE - 1, 1, 1)),
            Shape.of(HUGE, HUGE, 1, 1)),
        // Nothing in.
        OperatorZoo.single(
            new Operator.Concat(0, NONE), Shape.of(0, 4), Shape.of(3, 4), Shape.of(0, 4)),
        OperatorZoo.single(
            new Operator.Pad(List.of(2, 0), List.of(1, 0), Operator.PadMode.CONSTANT),
            Shape.of(0, 4)),
        OperatorZoo.single(
            new Operator.Reduce(ReduceFunction.SUM, List.of(0), false), Shape.of(0, 4)),
        OperatorZoo.single(new Operator.BatchMatMul(false, false), Shape.of(4, 0), Shape.of(0, 4)),
        conv(pointwise, Shape.of(1, 8, 8, 0), Shape.of(4, 1, 1, 0)),
        concat(Shape.of(1, 8, 8, 1)));
  }

  private static Graph conv(Operator operator, Shape input, Shape weights) {
    return OperatorZoo.weighted(operator, input, weights);
  }

  /** As many operands as the limits let pass. */
  private static Graph concat(Shape each) {
    return OperatorZoo.single(
        new Operator.Concat(-1, NONE), Collections.nCopies(4096, each).toArray(Shape[]::new));
  }

  @Test
  void fourThousandOperandsThatDoNotFitGetAnAnswer() {
    Graph graph = concat(Shape.of(1, 64, 64, 16));

    assertSensible(Evaluate.on(Presets.get("coral-usb"), graph));
    assertSensible(Evaluate.on(Presets.get("tensor-g1"), graph));
  }

  private static List<Accelerator> accelerators() {
    return Stream.concat(
            Presets.names().stream().map(Presets::get),
            Stream.of(
                AcceleratorBuilder.like("coral-usb")
                    .types(DataType.values())
                    .peMemoryBytes(1L << 32)
                    .parameterMemory(1L << 36, 1L << 36)
                    .build()))
        .toList();
  }

  /** As slow and as large as accelerators may be described, and as small. */
  private static List<Accelerator> withTinyMemories() {
    Core wide = new Core.Simd(1, 64, 4, 1, true, 64, 1024);
    return List.of(
        AcceleratorBuilder.small()
            .clockHz(10_000_000_000L)
            .grid(64, 64)
            .core(wide)
            .peMemoryBytes(1 << 10)
            .parameterMemory(0, 1 << 10)
            .hostLink(1_000_000, 1_000_000, 1_000_000_000)
            .dram(1_000_000, 1_000_000_000)
            .host(1_000_000, 1_000_000, 1_000_000, 1_000_000_000)
            .contiguousRegion(false)
            .build(),
        AcceleratorBuilder.small()
            .grid(1, 1)
            .core(new Core.Simd(1, 1, 1, 1, false, 4, 1))
            .peMemoryBytes(1 << 10)
            .parameterMemory(0, 1 << 10)
            .build());
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("extremes")
  void aValidGraphGetsAnAnswerInSensibleNumbers(Graph graph) {
    for (Accelerator accelerator : accelerators()) {
      assertSensible(Evaluate.on(accelerator, graph));
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("extremes")
  void whereMemoriesAreTinyItGetsAnAnswerOrAReasonWhyNot(Graph graph) {
    for (Accelerator accelerator : withTinyMemories()) {
      try {
        assertSensible(Evaluate.on(accelerator, graph));
      } catch (CompilationException e) {
        assertThat(e)
            .hasMessageMatching(
                "node \".+\": .+ cannot be tiled into PE memory: .+ needs \\d+ bytes there, and"
                    + " pe_memory.bytes is 1024"
                    + "|node \".+\": the program needs more than 500000 instructions up to here");
      }
    }
  }

  private static void assertSensible(Evaluation answer) {
    assertThat(answer.latencyUs()).isFinite().isPositive();
    assertThat(answer.firstLatencyUs()).isFinite().isGreaterThanOrEqualTo(answer.latencyUs());
    assertThat(answer.cycles()).isNotNegative();
    assertThat(answer.utilization()).isBetween(0.0, 1.0);
    for (Cause cause : Cause.values()) {
      assertThat(answer.time().of(cause)).isNotNegative();
    }
    MemoryReport memory = answer.memory();
    assertThat(
            List.of(
                memory.paramsCachedBytes(),
                memory.paramsStreamedBytes(),
                memory.peMemoryPeakBytes(),
                memory.peMemoryLowerBoundBytes(),
                memory.offChipActivationBytes(),
                memory.instructionBytes(),
                memory.inputBytes(),
                memory.outputBytes()))
        .allMatch(bytes -> bytes >= 0);
    assertThat(memory.peMemoryPeakBytes()).isLessThanOrEqualTo(memory.peMemoryBytes());
    assertThat(answer.energy().totalUj()).isFinite().isNotNegative(); // and so each part
    assertThat(answer.power().trace().microjoules())
        .isCloseTo(answer.energy().totalUj(), withinPercentage(1e-7));
    assertThat(answer.power().peakMw()).isFinite().isNotNegative();
    for (LayerReport layer : answer.layers()) {
      assertThat(
              List.of(
                  layer.cycles(),
                  layer.startCycle(),
                  layer.finishCycle(),
                  layer.macs(),
                  layer.parameterBytes(),
                  layer.peMemoryReadBytes(),
                  layer.peMemoryWriteBytes(),
                  layer.parameterReadBytes(),
                  layer.networkBytes(),
                  layer.dramBytes(),
                  layer.hostLinkBytes()))
          .as(layer.name())
          .allMatch(count -> count >= 0);
      assertThat(layer.utilization()).isBetween(0.0, 1.0);
      assertThat(layer.energyUj()).isFinite().isNotNegative();
    }
  }

  static Stream<ZooModel> zoo() {
    return Zoo.models().stream();
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void everyNetworkOfTheZooGetsAnAnswer(ZooModel model) {
    Graph graph = model.graph();

    assertSensible(Evaluate.on(Presets.get("coral-usb"), graph));
    assertSensible(Evaluate.on(Presets.get("tensor-g1"), graph));
  }

  @Test
  void fiftyThousandLayersGetAnAnswer() {
    Evaluation answer = Evaluate.on(Presets.get("coral-usb"), chain(50_000));

    assertSensible(answer);
    assertThat(answer.layers()).hasSize(50_000);
  }

  /** Sums of the two before. */
  private static Graph chain(int nodes) {
    List<Tensor> tensors = new ArrayList<>();
    List<Node> list = new ArrayList<>();
    Operator add = new Operator.Binary(BinaryFunction.ADD, NONE);
    Shape shape = Shape.of(1, 1, 1, 16);
    tensors.add(Tensor.activation("x0", shape, DataType.INT8));
    tensors.add(Tensor.activation("x1", shape, DataType.INT8));
    for (int i = 0; i < nodes; i++) {
      tensors.add(Tensor.activation("y" + i, shape, DataType.INT8));
      list.add(new Node("add" + i, add, List.of(i, i + 1), List.of(i + 2)));
    }
    return GraphVerifier.verify(
        new Graph("chain", tensors, list, List.of(0, 1), List.of(nodes + 1)), GraphLimits.DEFAULT);
  }

  @Test
  void tenThousandTensorsAliveAtOnceGetAnAnswer() {
    GraphBuilder net = GraphBuilder.named("alive", Arithmetic.INT8);
    Value x = net.input("x", 1, 8, 8, 16);
    List<Value> alive =
        IntStream.range(0, 10_000)
            .mapToObj(i -> net.unary("f" + i, UnaryFunction.RELU, x))
            .toList();
    Value sum = alive.getFirst();
    for (Value value : alive.subList(1, alive.size()).reversed()) {
      sum = net.add("sum of " + value.name(), sum, value, NONE);
    }
    Graph graph = net.build(sum);

    assertSensible(Evaluate.on(Presets.get("coral-usb"), graph));
  }

  @Test
  void aGraphWithoutWorkTakesNoTime() {
    Tensor x = Tensor.activation("x", Shape.of(4), DataType.INT8);
    Node dead = new Node("dead", new Operator.Unary(UnaryFunction.RELU), List.of(0), List.of(1));
    Graph graph =
        GraphVerifier.verify(
            new Graph("through", List.of(x, x), List.of(dead), List.of(0), List.of(0)),
            GraphLimits.DEFAULT);
    Evaluation answer = Evaluate.on(Presets.get("coral-usb"), graph);

    assertThat(answer.latencyUs()).isZero();
    assertThat(answer.averagePowerMw()).isZero();
    assertThat(answer.layers()).isEmpty();
  }

  @Test
  void aProgramThatWouldBeTooLongIsRefusedWithAReason() {
    Accelerator tiny =
        AcceleratorBuilder.small().peMemoryBytes(1 << 10).parameterMemory(0, 1 << 10).build();
    GraphBuilder net = GraphBuilder.named("long", Arithmetic.INT8);
    Value x = net.input("x", 1, 64, 64, 256);
    for (int i = 0; i < 200; i++) { // 1023 passes of 4 pieces each
      x = net.pointwise("conv" + i, x, 256, NONE);
    }
    Graph graph = net.build(x);

    assertThatExceptionOfType(CompilationException.class)
        .isThrownBy(() -> Evaluate.on(tiny, graph))
        .withMessageContaining("instructions");
  }
}
