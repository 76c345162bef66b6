package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.compile.Scheduler;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import dev.ppe.simulator.simulate.Machine;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counts against calculations by hand, on an accelerator that is made for them. */
class ActionCounterTest {
  private static final AcceleratorBuilder SMALL = AcceleratorBuilder.small();

  private static Graph pointwise() {
    GraphBuilder net = GraphBuilder.named("pointwise", Arithmetic.INT8);
    return net.build(net.pointwise("y", net.input("x", 1, 8, 8, 16), 32, Activation.NONE));
  }

  private static ActionCounts actions(AcceleratorBuilder accelerator, Graph graph) {
    return Evaluate.on(accelerator, graph).power().actions();
  }

  private static Map<Action, Long> expected(Object... actionsAndTimes) {
    Map<Action, Long> expected = new EnumMap<>(Action.class);
    for (int i = 0; i < actionsAndTimes.length; i += 2) {
      expected.put((Action) actionsAndTimes[i], ((Integer) actionsAndTimes[i + 1]).longValue());
    }
    return expected;
  }

  /**
   * From 16 to 32 channels over 8 x 8 positions, 16 of them in each of 4 PEs. A lane's dot product
   * of 4 adds to an accumulator 64 x 32 x 4 = 8192 times, which reads and writes 4 bytes. In each
   * of two passes over the lanes, 4 accumulatorfuls of 4 positions take 4 lines of 64 bytes.
   */
  @Test
  void aPointwiseConvolution() {
    int macs = 8 * 8 * 16 * 32;
    int linesOfOnePe = 2 * 4 * 4 * 64;

    assertThat(actions(SMALL, pointwise()).done())
        .isEqualTo(
            expected(
                Action.MAC_INT8,
                macs,
                Action.REGISTER_BYTE,
                2 * macs + 8 * 8192 + 4 * linesOfOnePe,
                Action.VECTOR_OPERATION,
                8 * 8 * 32,
                // Each word is read in both passes; and the result, on its way out.
                Action.PE_MEMORY_READ_BYTE,
                2 * 8 * 8 * 16 + 8 * 8 * 32,
                Action.PE_MEMORY_WRITE_BYTE,
                8 * 8 * 32 + 8 * 8 * 16,
                // All PEs use the same lines.
                Action.CORE_MEMORY_READ_BYTE,
                linesOfOnePe,
                Action.INSTRUCTION_BYTE,
                300,
                Action.NETWORK_BYTE_HOP,
                4 * linesOfOnePe,
                Action.HOST_LINK_BYTE,
                300 + 8 * 8 * 16 + 8 * 8 * 32));
  }

  /**
   * Its 768 bytes of parameters come over the link each time, and are written before they are read.
   */
  @Test
  void parametersThatDoNotStayAreFetchedAndWritten() {
    ActionCounts counts =
        actions(AcceleratorBuilder.small().parameterMemory(0, 8 << 10), pointwise());

    assertThat(counts.of(Action.CORE_MEMORY_WRITE_BYTE)).isEqualTo(16 * 32 + 8 * 32);
    assertThat(counts.of(Action.HOST_LINK_BYTE)).isEqualTo(300 + 1024 + 2048 + 768);
  }

  /** All that came over the link; nothing is known of the rows of a memory without a part. */
  @Test
  void withoutALinkEverythingGoesThroughMemory() {
    ActionCounts counts =
        actions(
            AcceleratorBuilder.small()
                .withoutHostLink()
                .dram(1_000_000_000, 100)
                .parameterMemory(0, 8 << 10),
            pointwise());

    assertThat(counts.of(Action.HOST_LINK_BYTE)).isZero();
    assertThat(counts.of(Action.DRAM_READ_BYTE)).isEqualTo(300 + 1024 + 768);
    assertThat(counts.of(Action.DRAM_WRITE_BYTE)).isEqualTo(2048);
    assertThat(counts.of(Action.DRAM_ACTIVATE)).isZero();
    assertThat(counts.of(Action.DRAM_REFRESH)).isZero();
  }

  @Test
  void rowsAndRefreshesAreTheMemorysOwn() {
    Accelerator accelerator =
        AcceleratorBuilder.small()
            .withoutHostLink()
            .dram(1_000_000_000, 100, "lpddr5-6400")
            .parameterMemory(0, 8 << 10)
            .build();
    for (Graph graph : Networks.some()) {
      Mapping mapping = Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER);
      Activity activity =
          Machine.run(Scheduler.program(mapping, Interruption.NEVER), Interruption.NEVER);
      ActionCounter counter = new ActionCounter(mapping, activity);
      long layers = 0;
      for (int i = 0; i < mapping.layers().size(); i++) {
        layers += counter.ofLayer(i).of(Action.DRAM_ACTIVATE);
        assertThat(counter.ofLayer(i).of(Action.DRAM_REFRESH)).isZero();
      }
      ActionCounts all = Evaluate.on(accelerator, graph).power().actions();

      assertThat(all.of(Action.DRAM_ACTIVATE))
          .isPositive()
          .isEqualTo(activity.dram().activates())
          .isEqualTo(layers + counter.memory().of(Action.DRAM_ACTIVATE));
      assertThat(all.of(Action.DRAM_REFRESH)).isEqualTo(activity.dram().refreshes());
    }
  }

  /**
   * 16 x 8 by 8 x 16, four rows to each of 4 PEs: each copies the second factor to its core memory,
   * 32 bytes of its own and 96 of the others', and takes two lines of 64 bytes from there.
   */
  @Test
  void aProductOfTwoActivations() {
    GraphBuilder net = GraphBuilder.named("product", Arithmetic.INT8);
    Value left = net.input("left", 1, 16, 8);
    Value right = net.input("right", 1, 8, 16);
    Graph graph = net.build(net.apply("y", new Operator.BatchMatMul(false, false), left, right));
    int macs = 16 * 8 * 16;
    int lines = 4 * 2 * 64;

    assertThat(actions(SMALL, graph).done())
        .isEqualTo(
            expected(
                Action.MAC_INT8,
                macs,
                Action.REGISTER_BYTE,
                2 * macs + 8 * 16 * 16 * 2 + lines,
                Action.VECTOR_OPERATION,
                16 * 16,
                // The first factor once, the second for its own core memory and for the others';
                // and the result, on its way out.
                Action.PE_MEMORY_READ_BYTE,
                16 * 8 + 4 * 32 + 4 * 96 + 16 * 16,
                Action.PE_MEMORY_WRITE_BYTE,
                16 * 16 + 16 * 8 + 8 * 16,
                Action.CORE_MEMORY_READ_BYTE,
                lines,
                Action.CORE_MEMORY_WRITE_BYTE,
                4 * 128,
                Action.INSTRUCTION_BYTE,
                300,
                Action.NETWORK_BYTE_HOP,
                4 * 96,
                Action.HOST_LINK_BYTE,
                300 + 16 * 8 + 8 * 16 + 16 * 16));
  }

  /**
   * Depthwise, 3 x 3 over 16 channels of 8 x 8: a dot product is of one input, so an accumulator is
   * read and written for each multiply-accumulate.
   */
  @Test
  void aDepthwiseConvolutionAddsToAnAccumulatorEachTime() {
    GraphBuilder net = GraphBuilder.named("depthwise", Arithmetic.INT8);
    Value x = net.input("x", 1, 8, 8, 16);
    Graph graph = net.build(net.depthwise("y", x, Kernel.of(3), Activation.NONE));
    ActionCounts counts = actions(SMALL, graph);
    LayerReport layer = Evaluate.on(SMALL, graph).layers().getFirst();
    int macs = 8 * 8 * 16 * 9;

    assertThat(counts.of(Action.MAC_INT8)).isEqualTo(macs);
    assertThat(counts.of(Action.REGISTER_BYTE))
        .isEqualTo(2 * macs + 8 * macs + layer.parameterReadBytes());
    assertThat(counts.of(Action.VECTOR_OPERATION)).isEqualTo(8 * 8 * 16);
    // What a PE takes of the others' rows is read there, passed on and written here.
    assertThat(layer.networkBytes()).isPositive();
    assertThat(counts.of(Action.NETWORK_BYTE_HOP))
        .isEqualTo(layer.networkBytes() + layer.parameterReadBytes());
  }

  @Test
  void elementwiseLayersCountTheirElements() {
    GraphBuilder net = GraphBuilder.named("absolute", Arithmetic.INT8);
    Value x = net.input("x", 1, 8, 8, 16);
    ActionCounts counts = actions(SMALL, net.build(net.unary("y", UnaryFunction.ABS, x)));

    assertThat(counts.macs()).isZero();
    assertThat(counts.of(Action.REGISTER_BYTE)).isZero();
    assertThat(counts.of(Action.VECTOR_OPERATION)).isEqualTo(1024);
    assertThat(counts.of(Action.PE_MEMORY_READ_BYTE)).isEqualTo(1024 + 1024);
    assertThat(counts.of(Action.PE_MEMORY_WRITE_BYTE)).isEqualTo(1024 + 1024);
  }

  /** An activation that overflows is written to memory by one layer and read by the next. */
  @Test
  void activationsThatOverflowGoOutAndBack() {
    GraphBuilder net = GraphBuilder.named("wide", Arithmetic.INT8);
    Value x = net.input("x", 1, 16, 16, 4);
    Value wide = net.pointwise("wide", x, 64, Activation.NONE);
    Graph graph = net.build(net.pointwise("narrow", wide, 4, Activation.NONE));
    Evaluation answer =
        Evaluate.on(
            AcceleratorBuilder.small().peMemoryBytes(2 << 10).dram(1_000_000_000, 0), graph);
    ActionCounts counts = answer.power().actions();

    assertThat(answer.memory().offChipActivationBytes()).isEqualTo(2 * 16 * 16 * 64);
    assertThat(counts.of(Action.DRAM_WRITE_BYTE)).isEqualTo(16 * 16 * 64);
    assertThat(counts.of(Action.DRAM_READ_BYTE)).isEqualTo(16 * 16 * 64);
  }

  /**
   * "wide" is read by its pooling and by what is multiplied with it: it is written into the
   * parameter memory once and read from there twice, through PE memory. What comes of it goes to
   * the host block by block.
   */
  @Test
  void activationsThatLieInTheParameterMemoryAreWrittenAndReadThere() {
    GraphBuilder net = GraphBuilder.named("wide", Arithmetic.INT8);
    Value wide = net.pointwise("wide", net.input("x", 1, 16, 16, 4), 64, Activation.NONE);
    Value mean = net.globalAveragePool("mean", wide);
    Graph graph = net.build(net.multiply("scaled", wide, mean));
    ActionCounts large = actions(AcceleratorBuilder.small(), graph);
    ActionCounts small =
        actions(
            AcceleratorBuilder.small().peMemoryBytes(4 << 10).overflow(Overflow.PARAMETER_MEMORY),
            graph);
    long bytes = 16 * 16 * 64;

    assertThat(small.of(Action.CORE_MEMORY_WRITE_BYTE))
        .isEqualTo(large.of(Action.CORE_MEMORY_WRITE_BYTE) + bytes);
    assertThat(small.of(Action.CORE_MEMORY_READ_BYTE))
        .isEqualTo(large.of(Action.CORE_MEMORY_READ_BYTE) + 2 * bytes);
    assertThat(small.of(Action.PE_MEMORY_WRITE_BYTE))
        .isEqualTo(large.of(Action.PE_MEMORY_WRITE_BYTE) + 2 * bytes);
    assertThat(small.of(Action.PE_MEMORY_READ_BYTE))
        .isEqualTo(large.of(Action.PE_MEMORY_READ_BYTE) + bytes);
  }

  @Test
  void multiplyAccumulatesAreOfTheGraphsArithmetic() {
    Accelerator all =
        AcceleratorBuilder.small()
            .types(DataType.INT8, DataType.BFLOAT16, DataType.FLOAT16, DataType.FLOAT32)
            .build();
    GraphBuilder net = GraphBuilder.named("real", Arithmetic.FLOAT32);
    Graph real = net.build(net.pointwise("y", net.input("x", 1, 8, 8, 16), 32, Activation.NONE));

    assertThat(Evaluate.on(all, real).power().actions().of(Action.MAC_FLOAT32)).isEqualTo(32_768);
    assertThat(
            Evaluate.on(all, Precision.BF16.applyTo(real))
                .power()
                .actions()
                .of(Action.MAC_BFLOAT16))
        .isEqualTo(32_768);
    assertThat(Evaluate.on(all, pointwise()).power().actions().of(Action.MAC_INT8))
        .isEqualTo(32_768);
  }

  /** But for rows and refreshes of a memory, which go by the time that each finds. */
  @Test
  void theAnalyticalFidelityCountsTheSame() {
    for (Graph graph : Networks.some()) {
      for (Accelerator accelerator : Evaluate.accelerators()) {
        Evaluation closed =
            PerformanceEvaluator.evaluate(
                graph, accelerator, Fidelity.ANALYTICAL, Interruption.NEVER);
        Map<Action, Long> cycle = Evaluate.on(accelerator, graph).power().actions().done();
        Map<Action, Long> analytical = closed.power().actions().done();

        assertThat(withoutTime(analytical)).isEqualTo(withoutTime(cycle));
      }
    }
  }

  private static Map<Action, Long> withoutTime(Map<Action, Long> counts) {
    Map<Action, Long> rest = new EnumMap<>(Action.class);
    rest.putAll(counts);
    rest.remove(Action.DRAM_ACTIVATE);
    rest.remove(Action.DRAM_REFRESH);
    return rest;
  }

  @Test
  void theHostsWorkIsNotCounted() {
    GraphBuilder net = GraphBuilder.named("sine", Arithmetic.INT8);
    Value x = net.input("x", 1, 8, 8, 16);
    Evaluation answer = Evaluate.on(SMALL, net.build(net.unary("y", UnaryFunction.SIN, x)));

    assertThat(answer.hostOperators()).isEqualTo(1);
    assertThat(answer.power().actions()).isEqualTo(ActionCounts.NONE);
    assertThat(answer.layers().getFirst().energy().dynamicUj()).isZero();
    assertThat(answer.energy().dynamicUj()).isZero();
  }
}
