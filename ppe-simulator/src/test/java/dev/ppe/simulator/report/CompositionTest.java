package dev.ppe.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.Networks;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What two networks in one cost, and one network in another order. */
class CompositionTest {
  static Stream<Graph> networks() {
    return Networks.some().stream();
  }

  /** Everything stays on chip; one inference starts once for both. */
  @ParameterizedTest
  @MethodSource("networks")
  void twoNetworksInOneGraphAreNotSlowerThanOneAfterTheOther(Graph graph) {
    for (Graph other : List.of(Networks.random(2), Networks.handMade().get(1), graph)) {
      for (String preset : List.of("coral-usb", "tensor-g1")) {
        Accelerator roomy =
            AcceleratorBuilder.like(preset)
                .peMemoryBytes(16 << 20)
                .parameterMemory(1 << 26, 1 << 19)
                .build();
        Evaluation one = Evaluate.on(roomy, graph);
        Evaluation two = Evaluate.on(roomy, other);
        Evaluation both = Evaluate.on(roomy, sideBySide(graph, other));

        assertThat(both.memory().offChipActivationBytes()).isZero();
        assertThat(both.time().total())
            .isLessThanOrEqualTo(one.time().total() + two.time().total());
        assertThat(both.time().fixed())
            .isLessThanOrEqualTo(one.time().fixed() + two.time().fixed());
        assertThat(both.macs()).isEqualTo(one.macs() + two.macs());
        assertThat(both.memory().paramsCachedBytes())
            .isEqualTo(one.memory().paramsCachedBytes() + two.memory().paramsCachedBytes());
      }
    }
  }

  private static Graph sideBySide(Graph one, Graph two) {
    int shift = one.tensors().size();
    return new Graph(
        one.name() + "+" + two.name(),
        concat(one.tensors(), two.tensors()),
        concat(
            one.nodes(),
            two.nodes().stream()
                .map(
                    node ->
                        new Node(
                            node.name(),
                            node.operator(),
                            shifted(node.inputs(), shift),
                            shifted(node.outputs(), shift)))
                .toList()),
        concat(one.inputs(), shifted(two.inputs(), shift)),
        concat(one.outputs(), shifted(two.outputs(), shift)));
  }

  private static List<Integer> shifted(List<Integer> indices, int shift) {
    return indices.stream().map(i -> i == Node.ABSENT ? i : i + shift).toList();
  }

  private static <T> List<T> concat(List<T> one, List<T> two) {
    return Stream.concat(one.stream(), two.stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void anotherListingUnderOtherNamesCostsTheSame(Graph graph) {
    for (Accelerator accelerator : Evaluate.accelerators()) {
      Evaluation answer = Evaluate.on(accelerator, graph);
      for (long seed = 0; seed < 3; seed++) {
        Graph shuffled = shuffled(graph, new Random(seed));
        assertThat(nameless(Evaluate.on(accelerator, shuffled))).isEqualTo(nameless(answer));
      }
    }
  }

  private static Graph shuffled(Graph graph, Random random) {
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, graph.tensors().size()).boxed().toList());
    Collections.shuffle(order, random);
    int[] place = new int[order.size()];
    IntStream.range(0, place.length).forEach(i -> place[order.get(i)] = i);
    List<Tensor> tensors =
        order.stream()
            .map(graph::tensor)
            .map(t -> new Tensor("", t.shape(), t.type(), t.quantization(), t.role()))
            .toList();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(
          new Node(
              "n" + random.nextInt(),
              node.operator(),
              moved(node.inputs(), place),
              moved(node.outputs(), place)));
    }
    Collections.shuffle(nodes, random);
    return new Graph(
        "other", tensors, nodes, moved(graph.inputs(), place), moved(graph.outputs(), place));
  }

  private static List<Integer> moved(List<Integer> indices, int[] place) {
    return indices.stream().map(i -> i == Node.ABSENT ? i : place[i]).toList();
  }

  /** An answer without what comes from the names in the model. */
  private static Evaluation nameless(Evaluation answer) {
    return new Evaluation(
        "",
        answer.accelerator(),
        answer.fidelity(),
        answer.precision(),
        answer.graphHash(),
        answer.simulatorVersion(),
        answer.latencyUs(),
        answer.firstLatencyUs(),
        answer.cycles(),
        answer.time(),
        answer.energy(),
        answer.power(),
        answer.macs(),
        answer.parameters(),
        answer.utilization(),
        answer.operators(),
        answer.hostOperators(),
        answer.memory(),
        answer.layers().stream().map(CompositionTest::nameless).toList(),
        answer.validated());
  }

  private static LayerReport nameless(LayerReport layer) {
    return new LayerReport(
        "",
        layer.kind(),
        layer.onAccelerator(),
        layer.placementReason().replaceAll("\".*\"", "\"\""),
        layer.time(),
        layer.startCycle(),
        layer.finishCycle(),
        layer.macs(),
        layer.parameterBytes(),
        layer.parametersCached(),
        layer.peMemoryReadBytes(),
        layer.peMemoryWriteBytes(),
        layer.activationReadBytes(),
        layer.parameterReadBytes(),
        layer.networkBytes(),
        layer.dramBytes(),
        layer.hostLinkBytes(),
        layer.energy(),
        layer.utilization(),
        layer.tiling(),
        layer.outside());
  }
}
