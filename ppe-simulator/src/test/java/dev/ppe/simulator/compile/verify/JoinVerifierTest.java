package dev.ppe.simulator.compile.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.Compilation;
import dev.ppe.simulator.compile.Phase;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.hardware.Presets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinVerifierTest {
  private final Compilation right = Broken.right(TinyNetwork.graph(), Presets.get("coral-usb"));
  private final Graph graph = right.graph();

  private List<String> faults(List<Node> nodes, List<Integer> inputs, List<Integer> outputs) {
    return Verification.faults(
        Phase.JOIN,
        Broken.graph(right, new Graph("broken", graph.tensors(), nodes, inputs, outputs)));
  }

  @Test
  void aRightOneHasNoFaults() {
    assertThat(faults(graph.nodes(), graph.inputs(), graph.outputs())).isEmpty();
  }

  @Test
  void aLostNodeIsMissedByItsReadersAndInTheCounts() {
    assertThat(faults(Broken.without(graph.nodes(), 0), graph.inputs(), graph.outputs()))
        .contains(
            "multiply-accumulates: 9216 instead of 156672",
            "parameters: 160 instead of 2480",
            "node \"relu\" comes before what makes \"conv\"");
  }

  @Test
  void aNodeTwiceMakesItsResultTwice() {
    List<Node> nodes = Broken.with(graph.nodes(), 4, graph.nodes().get(1));

    assertThat(faults(nodes, graph.inputs(), graph.outputs())).contains("\"relu\" is made twice");
  }

  @Test
  void otherInputsAndOutputsAreSeen() {
    assertThat(faults(graph.nodes(), List.of(), graph.outputs())).contains("the inputs are others");
    assertThat(faults(graph.nodes(), graph.inputs(), List.of()))
        .containsExactly("the outputs are others");
  }
}
