package dev.ppe.simulator.report;

import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.activity.Activity.LayerActivity;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Placement;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.Optional;

/** What the compiler decided of a layer, what the machine did for it, and what that costs. */
record LayerReportFactory(
    Mapping mapping, Activity activity, EnergyAccount energy, Utilization utilization) {

  LayerReport layer(int index) {
    Layer layer = mapping.layers().get(index);
    LayerActivity did = activity.layers().get(index);
    ActionCounts counts = energy.counts(index);
    Optional<Tiling> tiling = mapping.tilings().get(index);
    return new LayerReport(
        layer.name(),
        layer.kind(),
        layer.onAccelerator(),
        switch (layer.placement()) {
          case Placement.OnAccelerator on -> "";
          case Placement.OnHost host -> host.reason();
        },
        did.time(),
        did.startCycle(),
        did.finishCycle(),
        utilization.macs(layer),
        mapping.memory().parameterBytes().get(index),
        mapping.memory().cached().get(index),
        counts.of(Action.PE_MEMORY_READ_BYTE),
        counts.of(Action.PE_MEMORY_WRITE_BYTE),
        tiling.map(Tiling::peMemoryReadBytes).orElse(0L),
        tiling.map(Tiling::parameterReadBytes).orElse(0L),
        tiling.map(t -> mapping.passes(index).networkBytes(t)).orElse(0L),
        counts.dramBytes(),
        counts.of(Action.HOST_LINK_BYTE),
        energy.energy(index),
        utilization.of(layer, did.arrayCycles()),
        tiling.map(Tiling::text).orElse(""),
        outside(layer, tiling));
  }

  /**
   * Views take no time, whatever their shape. Of what a host does, measured networks have nothing
   * but their input made integers.
   */
  private String outside(Layer layer, Optional<Tiling> tiling) {
    Graph graph = mapping.graph();
    Accelerator accelerator = mapping.accelerator();
    Node main = graph.nodes().get(layer.main());
    if (accelerator.validated().isEmpty()) {
      return "";
    }
    if (!layer.onAccelerator()) {
      return main.operator() instanceof Operator.Quantize
          ? ""
          : layer.kind() + ": on the host, where no measured network has it";
    }
    if (tiling.isEmpty() || tiling.get().isView()) {
      return "";
    }
    return accelerator
        .validated()
        .get()
        .outside(LayerShape.of(graph, main), graph.output(main, 0).type());
  }
}
