package dev.ppe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core.Dataflow;
import dev.ppe.simulator.hardware.Presets;
import dev.ppe.simulator.report.Evaluation;
import dev.ppe.simulator.report.LayerReport;
import dev.ppe.simulator.zoo.Zoo;
import dev.ppe.simulator.zoo.ZooModel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole networks on systolic arrays. */
class SystolicNetworksTest {
  static List<String> networks() {
    return Zoo.models().stream().map(ZooModel::name).toList();
  }

  private static Evaluation evaluate(String network, Accelerator accelerator) {
    Graph graph = Zoo.find(network).orElseThrow().graph();
    return PerformanceEvaluator.evaluate(graph, accelerator, Fidelity.CYCLE, Interruption.NEVER);
  }

  /** No array does more than it has PEs, and hiding load and skew never costs. */
  @ParameterizedTest
  @MethodSource("networks")
  void everyNetworkRunsAndOverlapDoesNotSlowItDown(String network) {
    for (Dataflow dataflow : Dataflow.values()) {
      Evaluation plain = evaluate(network, SystolicMachines.withDram(dataflow, false));
      Evaluation hidden = evaluate(network, SystolicMachines.withDram(dataflow, true));

      assertThat(hidden.utilization()).isPositive().isLessThanOrEqualTo(1);
      assertThat(hidden.cycles()).isPositive().isLessThanOrEqualTo(plain.cycles());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"systolic-32x32-os", "systolic-64x64-ws", "systolic-128x128-ws"})
  void aPlainPresetCountsItsArraysAlone(String preset) {
    Evaluation evaluation = evaluate("resnet18", Presets.get(preset));

    assertThat(evaluation.hostOperators()).isZero();
    assertThat(evaluation.memory().paramsStreamedBytes()).isZero();
    assertThat(evaluation.layers().stream().mapToLong(LayerReport::cycles).sum())
        .isGreaterThan(evaluation.cycles() * 99 / 100);
  }

  /** A channel has one output, so one column works: at most 1 / 32 of the array. */
  @ParameterizedTest
  @EnumSource
  void depthwiseLayersUseOneColumn(Dataflow dataflow) {
    Evaluation evaluation = evaluate("mobilenet_v2", SystolicMachines.withDram(dataflow, true));

    assertThat(evaluation.layers())
        .filteredOn(layer -> layer.kind().startsWith("depthwise"))
        .isNotEmpty()
        .allSatisfy(layer -> assertThat(layer.utilization()).isLessThanOrEqualTo(1.0 / 32));
  }
}
