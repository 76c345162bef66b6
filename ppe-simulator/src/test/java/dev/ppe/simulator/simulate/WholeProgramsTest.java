package dev.ppe.simulator.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.Compiler;
import dev.ppe.simulator.compile.Program;
import dev.ppe.simulator.compile.RandomGraphs;
import dev.ppe.simulator.compile.Scheduler;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.RandomAccelerators;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs as the compiler writes them, on the engine and on the machine that ticks every cycle and
 * moves every burst: 10,400 random graphs of operators of every kind, each for an accelerator of
 * its own.
 */
class WholeProgramsTest {
  private static final int GRAPHS_PER_SEED = 650;

  static IntStream seeds() {
    return IntStream.range(0, 16);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void runToTheCycleAsOnTheTickingMachine(int seed) {
    Random random = new Random(seed);
    Set<Class<?>> kinds = new HashSet<>();
    for (int i = 0; i < GRAPHS_PER_SEED; i++) {
      Graph graph = RandomGraphs.of(random);
      graph.nodes().forEach(node -> kinds.add(node.operator().getClass()));
      Accelerator accelerator = RandomAccelerators.of(random);
      Agreement.verify(program(graph, accelerator));
    }
    assertThat(kinds).contains(dev.ppe.simulator.graph.Operator.class.getPermittedSubclasses());
  }

  private static Program program(Graph graph, Accelerator accelerator) {
    return Scheduler.program(
        Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER),
        Interruption.NEVER);
  }
}
