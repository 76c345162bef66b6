package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.activity.TimeBreakdown;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.builder.GraphBuilder;
import dev.ppe.simulator.builder.Value;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Instruction;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Resource;
import dev.ppe.simulator.compile.Scheduler;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Driver, doorbell and completion are instructions like others, and add up to what is measured. */
class FixedCostsTest {
  private final GraphBuilder net = GraphBuilder.named("net", Arithmetic.INT8);

  private Value pointwise() {
    return net.pointwise("y", net.input("x", 1, 8, 8, 16), 32, Activation.NONE);
  }

  /** Of 1000 ns 5 % and 20 %. */
  private static AcceleratorBuilder shared() {
    return AcceleratorBuilder.small().invocationShares(50, 200);
  }

  private static TimeBreakdown time(Graph graph, AcceleratorBuilder accelerator, Fidelity how) {
    return PerformanceEvaluator.evaluate(graph, accelerator.build(), how, Interruption.NEVER)
        .time();
  }

  private static List<Instruction> program(Graph graph, AcceleratorBuilder accelerator) {
    Mapping mapping =
        Compiler.map(CanonicalGraph.of(graph), accelerator.build(), Interruption.NEVER);
    return Scheduler.program(mapping, Interruption.NEVER).instructions();
  }

  @Test
  void anInferenceBeginsWithDriverAndDoorbellAndEndsWithTheCompletion() {
    List<Instruction> program = program(net.build(pointwise()), shared());

    assertThat(program)
        .extracting(Instruction::cause)
        .containsExactly(
            Cause.INVOCATION,
            Cause.DOORBELL,
            Cause.HOST_LINK,
            Cause.HOST_LINK,
            Cause.COMPUTE,
            Cause.HOST_LINK,
            Cause.COMPLETION);
    assertThat(program.get(1).dependencies()).containsExactly(0);
    assertThat(program.get(2).dependencies()).containsExactly(1);
    assertThat(program.getLast().dependencies()).containsExactly(4, 5);
    assertThat(program.getLast().resource()).isEqualTo(Resource.HOST);
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void eachHasItsShareOfTheTime(Fidelity fidelity) {
    TimeBreakdown time = time(net.build(pointwise()), shared(), fidelity);

    assertThat(time.of(Cause.INVOCATION)).isEqualTo(750);
    assertThat(time.of(Cause.DOORBELL)).isEqualTo(50);
    assertThat(time.of(Cause.COMPLETION)).isEqualTo(200);
    assertThat(time.fixed()).isEqualTo(1000);
  }

  /** At clocks of which no share is a whole number of cycles, too. */
  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void sharesTakeAsManyCyclesAsTheWhole(Fidelity fidelity) {
    Graph graph = net.build(pointwise());
    for (long clock : new long[] {123_456_789, 1_066_000_000, 7_000_001}) {
      long whole = time(graph, AcceleratorBuilder.small().clockHz(clock), fidelity).total();
      for (int share = 0; share <= 500; share += 37) {
        AcceleratorBuilder parts =
            AcceleratorBuilder.small().clockHz(clock).invocationShares(share, 500 - share / 2);
        assertThat(time(graph, parts, fidelity).total()).isEqualTo(whole);
      }
    }
  }

  /** The host is told of all results at once, and works on them then. */
  @Test
  void theHostWaitsForTheCompletion() {
    List<Instruction> program =
        program(net.build(net.unary("sine", UnaryFunction.SIN, pointwise())), shared());

    assertThat(program.get(6).cause()).isEqualTo(Cause.COMPLETION);
    assertThat(program.get(7).cause()).isEqualTo(Cause.HOST);
    assertThat(program.get(7).dependencies()).containsExactly(6);
  }

  @Test
  void everyStageHasACompletion() {
    Value y = net.input("x", 1, 8, 8, 16);
    for (int i = 0; i < 3; i++) {
      y = net.pointwise("conv" + i, y, 16, Activation.NONE);
      y = net.unary("sine" + i, UnaryFunction.SIN, y);
    }
    List<Instruction> program = program(net.build(y), shared().contiguousRegion(false));

    for (Cause cause : List.of(Cause.INVOCATION, Cause.DOORBELL, Cause.COMPLETION)) {
      assertThat(program).filteredOn(one -> one.cause() == cause).hasSize(3);
    }
  }

  @Test
  void anUploadIsAnInvocationToo() {
    Mapping mapping =
        Compiler.map(
            CanonicalGraph.of(net.build(pointwise())), shared().build(), Interruption.NEVER);

    assertThat(Scheduler.upload(mapping, Interruption.NEVER).instructions())
        .extracting(Instruction::cause)
        .containsExactly(Cause.INVOCATION, Cause.DOORBELL, Cause.PARAMETER_FETCH, Cause.COMPLETION);
  }
}
