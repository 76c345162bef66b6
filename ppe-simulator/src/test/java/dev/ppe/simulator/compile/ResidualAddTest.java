package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.compile.explain.Explanation;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Additions on the way out of the cores: when there are any, and what they cost. */
class ResidualAddTest {
  private static final Accelerator ADDS = AcceleratorBuilder.small().residualAdd().build();
  private static final Accelerator ADDS_NOT = AcceleratorBuilder.small().build();
  private static final Activation NONE = Activation.NONE;

  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);
  private final Value x = net.input("x", 1, 8, 8, 16);

  private Value conv(String name, Value value) {
    return net.conv(name, value, 16, Kernel.of(3), NONE);
  }

  private Value add(Value one, Value other) {
    return net.add("add", one, other, NONE);
  }

  private static Mapping map(Graph graph, Accelerator accelerator) {
    return Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER);
  }

  private static List<String> kinds(Graph graph) {
    return map(graph, ADDS).layers().stream().map(Layer::kind).toList();
  }

  @Test
  void anAdditionJoinsTheConvolutionThatAloneFeedsIt() {
    Mapping mapping = map(net.build(add(conv("conv", x), x)), ADDS);

    assertThat(mapping.layers()).hasSize(1);
    Layer layer = mapping.layers().getFirst();
    assertThat(layer.kind()).isEqualTo("conv+add");
    assertThat(layer.name()).isEqualTo("conv");
    assertThat(layer.inputs()).hasSize(1); // both read x
    assertThat(layer.addend(mapping.graph())).contains(layer.inputs().getFirst());
  }

  @Test
  void theOperandsOrderDoesNotMatter() {
    assertThat(kinds(net.build(add(x, conv("conv", x))))).containsExactly("conv+add");
  }

  @Test
  void whereTheVectorUnitDoesNotAddItIsALayer() {
    Graph graph = net.build(add(conv("conv", x), x));

    assertThat(map(graph, ADDS_NOT).layers())
        .extracting(Layer::kind)
        .containsExactly("conv", "add");
  }

  @Test
  void anActivationFollowsTheAddition() {
    Value sum = add(conv("conv", x), x);
    assertThat(kinds(net.build(net.unary("relu", UnaryFunction.RELU, sum))))
        .containsExactly("conv+add+relu");
  }

  @Test
  void oneActivationMayComeBeforeIt() {
    Value relu = net.unary("relu", UnaryFunction.RELU, conv("conv", x));
    Value tanh = net.unary("tanh", UnaryFunction.TANH, add(relu, x));
    assertThat(kinds(net.build(tanh))).containsExactly("conv+relu+add", "tanh");
  }

  @Test
  void depthwiseAndFullyConnectedLayersTakeItToo() {
    Value depthwise = net.depthwise("dw", x, Kernel.of(3), NONE);
    assertThat(kinds(net.build(add(depthwise, x)))).containsExactly("depthwise-conv+add");
    GraphBuilder other = GraphBuilder.named("other", Arithmetic.INT8);
    Value vector = other.input("x", 1, 32);
    Value dense = other.fullyConnected("fc", vector, 32, NONE);
    assertThat(kinds(other.build(other.add("add", dense, vector, NONE))))
        .containsExactly("fully-connected+add");
  }

  @Test
  void othersDoNot() {
    assertThat(kinds(net.build(add(net.maxPool("pool", x, Kernel.of(3)), x))))
        .containsExactly("max-pool", "add");
  }

  @Test
  void whatIsReadTwiceIsMadeForItself() {
    Value result = conv("conv", x);
    assertThat(kinds(net.build(add(result, x), net.maxPool("pool", result, Kernel.of(3)))))
        .containsExactlyInAnyOrder("conv", "add", "max-pool");
  }

  @Test
  void whatTheCallerWantsIsMadeForItself() {
    Value result = conv("conv", x);
    assertThat(kinds(net.build(result, add(result, x)))).containsExactly("conv", "add");
  }

  @Test
  void twiceTheSameIsNoResidual() {
    Value result = conv("conv", x);
    assertThat(kinds(net.build(add(result, result)))).containsExactly("conv", "add");
  }

  /** Of two that are added, the first is not there before the other is, but the other finds it. */
  @Test
  void theLaterOfTwoConvolutionsAddsTheEarlier() {
    Mapping mapping = map(net.build(add(conv("one", x), conv("two", x))), ADDS);

    assertThat(mapping.layers()).extracting(Layer::kind).containsExactly("conv", "conv+add");
    Layer last = mapping.layers().getLast();
    assertThat(last.addend(mapping.graph()))
        .contains(mapping.layers().getFirst().outputs().getFirst());
  }

  @Test
  void aBroadcastOperandIsNotAdded() {
    Value vector = net.input("vector", 1, 1, 1, 16);
    assertThat(kinds(net.build(add(conv("conv", x), vector)))).containsExactly("conv", "add");
  }

  @Test
  void aStoredOperandIsNotAdded() {
    Value stored = net.parameter("stored", 1, 8, 8, 16);
    assertThat(kinds(net.build(add(conv("conv", x), stored)))).containsExactly("conv", "add");
  }

  @Test
  void othersThanAdditionsStayApart() {
    assertThat(kinds(net.build(net.multiply("times", conv("conv", x), x))))
        .containsExactly("conv", "mul");
  }

  @Test
  void theHostAddsForItself() {
    Accelerator withoutAdd = AcceleratorBuilder.small().residualAdd().hostOperators("add").build();
    Graph graph = net.build(add(conv("conv", x), x));

    assertThat(map(graph, withoutAdd).layers())
        .extracting(Layer::kind)
        .containsExactly("conv", "add");
  }

  /**
   * A pointwise layer of 8 x 8 x 16 to 32 on 4 PEs takes 128 cycles, see {@link TilerTest}. A PE's
   * quarter of the 2048 bytes that are added is 512: 64 cycles over a port of 8 bytes; 64 for 512
   * additions, 8 a cycle.
   */
  @Test
  void theOperandIsReadWhenTheCoresAreDone() {
    Value other = net.input("other", 1, 8, 8, 32);
    Mapping with = map(net.build(add(net.pointwise("conv", x, 32, NONE), other)), ADDS);
    Tiling tiling = with.tilings().getFirst().orElseThrow();

    assertThat(tiling.computeCycles()).isEqualTo(128);
    assertThat(tiling.adding()).isEqualTo(new Adding(64, 64));
    assertThat(tiling.adding().bound()).isEqualTo(Cause.ACTIVATION_FETCH);
    assertThat(tiling.networkBytes()).isZero();
    assertThat(tiling.totalCycles()).isEqualTo(128 + 64);
    assertThat(tiling.peMemoryReadBytes()).isEqualTo(4 * 512 + 2048);
    assertThat(tiling.vectorOperations()).isEqualTo(2048);
    Program program = Scheduler.program(with, Interruption.NEVER);
    assertThat(
            program.instructions().stream()
                .filter(instruction -> instruction.work().resource() == Resource.ARRAY)
                .map(Instruction::cause))
        .containsExactly(Cause.COMPUTE, Cause.ACTIVATION_FETCH);
  }

  @Test
  void aFusedAdditionTakesLessThanALayerOfItsOwn() {
    Graph graph = net.build(add(conv("conv", x), x));
    long fused = cycles(map(graph, ADDS));
    long apart = cycles(map(graph, ADDS_NOT));

    assertThat(fused).isLessThan(apart);
  }

  @Test
  void theExplanationSaysWhatBecomesOfIt() {
    CanonicalGraph graph = CanonicalGraph.of(net.build(add(conv("conv", x), x)));
    Explanation explanation =
        Explanation.of(Compiler.compile(graph, ADDS, Phase.SCHEDULE, Interruption.NEVER));

    assertThat(explanation.operators().getLast().why())
        .isEqualTo("added to what \"conv\" gives out, which nobody else reads");
  }

  private static long cycles(Mapping mapping) {
    return mapping.tilings().stream().mapToLong(t -> t.orElseThrow().totalCycles()).sum();
  }

  /** What is only added needs no halo: a PE holds its own quarter of 8 x 8 x 16. */
  @Test
  void whatIsOnlyAddedLiesWithoutAHalo() {
    Value other = net.input("other", 1, 8, 8, 16);
    Mapping mapping = map(net.build(add(conv("conv", x), other)), ADDS);
    Residence residence = Residence.of(mapping.graph(), mapping.layers(), ADDS, Interruption.NEVER);
    Layer layer = mapping.layers().getFirst();
    int added = layer.addend(mapping.graph()).orElseThrow();
    int slidOver =
        layer.inputs().stream().filter(input -> input != added).findFirst().orElseThrow();

    assertThat(residence.tileBytes(added)).isEqualTo(4 * 4 * 16);
    assertThat(residence.tileBytes(slidOver))
        .isEqualTo(6 * 6 * 16); // room for a tile's whole window
  }

  /** The shortcut is needed until the convolution that adds it, and not for a layer more. */
  @Test
  void theOperandLivesUntilItIsAdded() {
    Value one = net.conv("one", x, 16, Kernel.of(3), NONE);
    Value two = net.conv("two", one, 16, Kernel.of(3), NONE);
    Value three = net.conv("three", two, 16, Kernel.of(3), NONE);
    Value four = net.conv("four", add(three, one), 16, Kernel.of(3), NONE);
    Mapping mapping = map(net.build(four), ADDS);
    int shortcut = mapping.layers().getFirst().outputs().getFirst();

    assertThat(mapping.layers())
        .extracting(Layer::kind)
        .containsExactly("conv", "conv", "conv+add", "conv");
    MemoryPlan.Activation activation =
        mapping.memory().activations().stream()
            .filter(a -> a.tensor() == shortcut)
            .findFirst()
            .orElseThrow();
    assertThat(activation.lastStep()).isEqualTo(2);
  }
}
