package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Kernel;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.compile.OperatorZoo;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Scheduler;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Cycles;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts add up to their whole. */
class AccountingTest {
  private static final Set<Cause> AROUND_LAYERS =
      EnumSet.of(Cause.INVOCATION, Cause.DOORBELL, Cause.COMPLETION, Cause.HOST_LINK);

  static Stream<Arguments> cases() {
    return Stream.concat(Networks.some().stream(), Stream.of(OperatorZoo.everyOperator()))
        .flatMap(graph -> Evaluate.accelerators().stream().map(a -> Arguments.of(graph, a)));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("cases")
  void timesAddUp(Graph graph, Accelerator accelerator) {
    Evaluation answer = Evaluate.on(accelerator, graph);
    long layers = answer.layers().stream().mapToLong(LayerReport::cycles).sum();
    // Layers have their own decoding; the fixed costs around stages are apart, and as often as
    // stages are.
    long driver = answer.time().fixed() - answer.time().of(Cause.DECODE);

    assertThat(layers + driver + answer.time().of(Cause.HOST_LINK))
        .isEqualTo(answer.time().total());
    assertThat(driver).isNotNegative();
    assertThat(
            driver % Cycles.ofNanos(accelerator.invocation().overheadNs(), accelerator.clockHz()))
        .isZero();
    assertThat(answer.latencyUs())
        .isEqualTo(Cycles.toMicros(answer.time().total(), accelerator.clockHz()));
    assertThat(answer.firstLatencyUs()).isGreaterThanOrEqualTo(answer.latencyUs());
    for (Cause cause : Cause.values()) {
      if (!AROUND_LAYERS.contains(cause)) {
        assertThat(answer.layers().stream().mapToLong(layer -> layer.time().of(cause)).sum())
            .isEqualTo(answer.time().of(cause));
      }
    }
    assertThat(answer.layers())
        .allSatisfy(
            layer -> {
              assertThat(
                      Arrays.stream(Cause.values())
                          .mapToLong(cause -> layer.time().of(cause))
                          .sum())
                  .isEqualTo(layer.cycles());
              assertThat(layer.time().of(Cause.HOST_LINK)).isZero();
              assertThat(layer.startCycle()).isNotNegative();
              assertThat(layer.finishCycle()).isBetween(layer.startCycle(), answer.time().total());
              assertThat(layer.cycles()).isLessThanOrEqualTo(answer.time().total());
            });
  }

  /** Each byte that an instruction moves is counted once. */
  @ParameterizedTest(name = "{index}")
  @MethodSource("cases")
  void offChipBytesAreThoseOfTheProgram(Graph graph, Accelerator accelerator) {
    ActionCounts actions = Evaluate.on(accelerator, graph).power().actions();
    Program program =
        Scheduler.program(
            Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER),
            Interruption.NEVER);

    assertThat(actions.dramBytes()).isEqualTo(bytes(program, Resource.DRAM));
    assertThat(actions.of(Action.HOST_LINK_BYTE))
        .isEqualTo(bytes(program, Resource.LINK_IN) + bytes(program, Resource.LINK_OUT));
  }

  private static long bytes(Program program, Resource resource) {
    return program.instructions().stream()
        .filter(instruction -> instruction.resource() == resource)
        .mapToLong(Instruction::bytes)
        .sum();
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("cases")
  void multiplyAccumulatesAddUp(Graph graph, Accelerator accelerator) {
    Evaluation answer = Evaluate.on(accelerator, graph);

    assertThat(answer.macs()).isEqualTo(Workload.macs(graph));
    assertThat(answer.layers().stream().mapToLong(LayerReport::macs).sum())
        .isEqualTo(Workload.macs(graph));
    assertThat(answer.parameters()).isEqualTo(Workload.parameters(graph));
    assertThat(answer.utilization()).isBetween(0.0, 1.0);
    assertThat(answer.layers()).allMatch(l -> l.utilization() >= 0 && l.utilization() <= 1);
    assertThat(answer.operators()).isEqualTo(graph.nodes().size());
    assertThat(answer.hostOperators())
        .isEqualTo((int) answer.layers().stream().filter(l -> !l.onAccelerator()).count());
  }

  /** The host takes long over the sine of a little, and meanwhile the cores have work. */
  @Test
  void coresThatWorkWhileTheHostIsAwaitedAreNoBusierThanTheyCanBe() {
    GraphBuilder net = GraphBuilder.named("side by side", Arithmetic.INT8);
    Value x = net.input("x", 1, 16, 16, 16);
    Value sine = net.unary("sine", UnaryFunction.SIN, net.pointwise("a", x, 16, Activation.NONE));
    Value y = x;
    for (int i = 0; i < 20; i++) {
      y = net.conv("b" + i, y, 64, Kernel.of(5), Activation.NONE);
    }
    Evaluation answer =
        Evaluate.on(
            AcceleratorBuilder.small()
                .parameterMemory(16 << 20, 8 << 10)
                .invocation(0, 0)
                .instructions(0, 0, 0, 0)
                .host(1_000_000, 1_000_000, 1_000_000, 1_000_000_000),
            net.build(sine, net.globalAveragePool("mean", y)));

    assertThat(answer.utilization()).isBetween(0.5, 1.0);
    assertThat(answer.time().dominant()).isEqualTo(Cause.HOST);
  }
}
