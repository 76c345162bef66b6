package dev.ppe.simulator.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.builder.Arithmetic;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphLimits;
import dev.ppe.simulator.graph.GraphVerifier;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network that was built as float, converted. */
class ZooPrecisionTest {

  static List<ZooModel> models() {
    return Zoo.models();
  }

  private static Evaluation evaluate(Graph graph, Precision precision) {
    return PerformanceEvaluator.evaluate(
        graph, Presets.get("tensor-g1"), Fidelity.CYCLE, precision, Interruption.NEVER);
  }

  private static Evaluation as(Precision precision, Evaluation e) {
    return new Evaluation(
        e.modelName(),
        e.accelerator(),
        e.fidelity(),
        precision,
        e.graphHash(),
        e.simulatorVersion(),
        e.latencyUs(),
        e.firstLatencyUs(),
        e.cycles(),
        e.time(),
        e.energy(),
        e.power(),
        e.macs(),
        e.parameters(),
        e.utilization(),
        e.operators(),
        e.hostOperators(),
        e.memory(),
        e.layers(),
        e.validated());
  }

  @ParameterizedTest
  @MethodSource("models")
  void asInt8ItIsTheInt8NetworkToTheLastDigit(ZooModel model) {
    Evaluation built = evaluate(model.graph(Arithmetic.INT8), Precision.STORED);
    Evaluation converted = evaluate(model.graph(Arithmetic.FLOAT32), Precision.INT8);
    assertThat(converted.precision()).isEqualTo(Precision.INT8);
    assertThat(as(Precision.STORED, converted)).isEqualTo(built);
  }

  @ParameterizedTest
  @MethodSource("models")
  void anInt8NetworkStaysItself(ZooModel model) {
    Graph graph = model.graph(Arithmetic.INT8);
    assertThat(Precision.INT8.applyTo(graph)).isSameAs(graph);
  }

  @ParameterizedTest
  @MethodSource("models")
  void asBf16ItIsAsLargeANetworkInOtherNumbers(ZooModel model) {
    Graph real = model.graph(Arithmetic.FLOAT32);
    Graph graph = GraphVerifier.verify(Precision.BF16.applyTo(real), GraphLimits.DEFAULT);
    assertThat(graph.nodes()).hasSameSizeAs(real.nodes());
    assertThat(Workload.macs(graph)).isEqualTo(Workload.macs(real));
    assertThat(Workload.parameters(graph)).isEqualTo(Workload.parameters(real));
    assertThat(CanonicalGraph.of(graph).hash()).isNotEqualTo(CanonicalGraph.of(real).hash());
  }
}
