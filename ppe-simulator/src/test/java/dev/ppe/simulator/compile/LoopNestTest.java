package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Presets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoopNestTest {
  static List<Graph> networks() {
    return Stream.concat(Networks.some().stream(), Stream.of(OperatorZoo.everyOperator())).toList();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theLoopsOfEveryNodeDoItsMultiplyAccumulates(Graph graph) {
    for (Node node : graph.nodes()) {
      assertThat(LoopNest.of(graph, node).map(LoopNest::macs).orElse(0L))
          .as(node.name())
          .isEqualTo(Workload.macs(graph, node));
    }
  }

  /**
   * On "coral-compiler" pointwise layers do: the vendor's estimate has five words of theirs in four
   * cycles.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void noPeDoesMoreThanItsCoresCan(Graph graph) {
    for (String preset : Presets.names()) {
      Accelerator accelerator = Presets.get(preset);
      Mapping mapping = Compiler.map(CanonicalGraph.of(graph), accelerator, Interruption.NEVER);
      for (int i = 0; i < mapping.layers().size(); i++) {
        Optional<Tiling> tiling = mapping.tilings().get(i);
        Node main = mapping.graph().nodes().get(mapping.layers().get(i).main());
        if (tiling.isPresent()) {
          long inSequence = accelerator.core().wordsInFourCycles();
          assertThat(tiling.get().arrayCycles() * accelerator.peakMacsPerCycle() * inSequence / 4)
              .as("%s on %s", main.name(), preset)
              .isGreaterThanOrEqualTo(Workload.macs(mapping.graph(), main));
        }
      }
    }
  }
}
