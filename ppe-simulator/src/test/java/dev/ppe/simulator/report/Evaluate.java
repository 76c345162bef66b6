package dev.ppe.simulator.report;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.PerformanceEvaluator;
import dev.ppe.simulator.compile.BoundedTilingMemo;
import dev.ppe.simulator.compile.TilingMemo;
import dev.ppe.simulator.graph.CanonicalGraph;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorBuilder;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Grid;
import dev.ppe.simulator.hardware.PeMemory;
import java.util.List;

/** What the tests of answers ask. */
final class Evaluate {
  /** Machines that differ outside the PEs share their tilings; no answer depends on it. */
  private static final TilingMemo MEMO = new BoundedTilingMemo(1 << 16);

  private Evaluate() {}

  static Evaluation on(Accelerator accelerator, Graph graph) {
    return on(accelerator, CanonicalGraph.of(graph));
  }

  static Evaluation on(Accelerator accelerator, CanonicalGraph graph) {
    return PerformanceEvaluator.evaluate(
        graph, accelerator, Fidelity.CYCLE, Precision.STORED, MEMO, Interruption.NEVER);
  }

  static Evaluation on(AcceleratorBuilder accelerator, Graph graph) {
    return on(accelerator.build(), graph);
  }

  /** With a link and without, with memory of its own and without, too small and large enough. */
  static List<Accelerator> accelerators() {
    return List.of(
        AcceleratorBuilder.small().build(),
        AcceleratorBuilder.small().peMemoryBytes(4 << 10).contiguousRegion(false).build(),
        AcceleratorBuilder.small().peMemoryBytes(4 << 10).dram(2_000_000_000, 20).build(),
        AcceleratorBuilder.small()
            .invocation(1000, 30)
            .hiding(false, false)
            .parameterMemory(20 << 10, 4 << 10)
            .build(),
        AcceleratorBuilder.small()
            .split(Grid.Split.SPATIAL)
            .core(new Core.Systolic(16, 16, Core.Dataflow.OUTPUT_STATIONARY, true))
            .withoutNetwork()
            .build(),
        AcceleratorBuilder.small()
            .peMemoryBytes(4 << 10)
            .overflow(PeMemory.Overflow.PARAMETER_MEMORY)
            .parameterMemory(200 << 10, 8 << 10)
            .build(),
        AcceleratorBuilder.like("coral-usb").build(),
        AcceleratorBuilder.like("edgetpu-v1").build(),
        AcceleratorBuilder.like("edgetpu-v3").contiguousRegion(false).build(),
        AcceleratorBuilder.like("tensor-g1").build(),
        AcceleratorBuilder.like("tensor-g1").residualAdd().build(),
        AcceleratorBuilder.small().peMemoryBytes(4 << 10).residualAdd().build(),
        AcceleratorBuilder.like("tensor-g1").peMemoryBytes(16 << 10).build());
  }
}
