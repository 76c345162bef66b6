package dev.ppe.simulator.report;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.SimulatorVersion;
import dev.ppe.simulator.activity.Action;
import dev.ppe.simulator.activity.ActionCounts;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.activity.Activity.LayerActivity;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Crossings;
import dev.ppe.simulator.compile.Layer;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Placement;
import dev.ppe.simulator.compile.Tiling;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphHash;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.power.EnergyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Puts together what the compiler decided, what the machine did, and what that costs. */
public final class EvaluationFactory {
  private final GraphHash hash;
  private final Interruption interruption;
  private final Fidelity fidelity;
  private final Precision precision;
  private final Mapping mapping;
  private final Activity activity;
  private final Activity upload;
  private final EnergyAccount energy;
  private final Graph graph;
  private final Accelerator accelerator;
  private final Crossings crossings;
  private final Transfers transfers;

  /**
   * What an evaluation is made of.
   *
   * @param hash of the canonical graph
   * @param fidelity at which {@code activity} was found
   * @param precision of the graph's numbers
   * @param mapping of the graph to the accelerator
   * @param activity one inference in the steady state
   * @param upload what goes before the first inference
   * @param energy prices
   * @param interruption stops the work when it is no longer wanted
   */
  public EvaluationFactory(
      GraphHash hash,
      Fidelity fidelity,
      Precision precision,
      Mapping mapping,
      Activity activity,
      Activity upload,
      EnergyModel energy,
      Interruption interruption) {
    this.hash = hash;
    this.interruption = interruption;
    this.fidelity = fidelity;
    this.precision = precision;
    this.mapping = mapping;
    this.activity = activity;
    this.upload = upload;
    this.energy = new EnergyAccount(mapping, activity, energy, interruption);
    this.graph = mapping.graph();
    this.accelerator = mapping.accelerator();
    this.crossings = mapping.crossings();
    this.transfers = new Transfers(accelerator);
  }

  /** The evaluation. */
  public Evaluation evaluation() {
    List<LayerReport> layers = new ArrayList<>(mapping.layers().size());
    for (int i = 0; i < mapping.layers().size(); i++) {
      interruption.check();
      layers.add(layer(i));
    }
    PowerReport power = energy.power();
    interruption.check();
    long cycles = activity.cycles();
    long onAccelerator =
        Math.max(
            cycles - activity.time().of(Cause.HOST) - activity.time().fixed(),
            activity.layers().stream().mapToLong(LayerActivity::arrayCycles).sum());
    long macs = Workload.macs(graph, interruption);
    double latencyUs = micros(cycles);
    interruption.check();
    long parameters = Workload.parameters(graph, interruption);
    interruption.check();
    double utilization = share(macsAtFullRate(), onAccelerator);
    interruption.check();
    MemoryReport memory = memory();
    interruption.check();
    return new Evaluation(
        graph.name(),
        accelerator.name(),
        fidelity,
        precision,
        hash,
        SimulatorVersion.CURRENT,
        latencyUs,
        micros(cycles + upload.cycles()),
        onAccelerator,
        activity.time(),
        energy.energy(),
        power,
        macs,
        parameters,
        utilization,
        graph.nodes().size(),
        hostOperators(),
        memory,
        layers,
        accelerator.validated().isPresent());
  }

  private double micros(long cycles) {
    return Cycles.toMicros(cycles, accelerator.clockHz());
  }

  /** Multiply-accumulates on the accelerator, each as often as it takes cycles. */
  private long macsAtFullRate() {
    long macs = 0;
    for (int i = 0; i < mapping.layers().size(); i++) {
      interruption.checkAt(i);
      Layer layer = mapping.layers().get(i);
      macs += layer.onAccelerator() ? macs(layer) * mapping.macCycles(layer) : 0;
    }
    return macs;
  }

  /** Multiply-accumulates as a share of those possible in so many cycles. */
  private double share(long macs, long cycles) {
    double possible = accelerator.peakMacsPerCycle() * accelerator.core().wordsInFourCycles() / 4.0;
    return cycles == 0 ? 0 : macs / (cycles * possible);
  }

  private int hostOperators() {
    return mapping.layers().stream()
        .filter(layer -> !layer.onAccelerator())
        .mapToInt(layer -> layer.nodes().size())
        .sum();
  }

  private MemoryReport memory() {
    long cached = mapping.cachedBytes();
    interruption.check();
    long streamed = mapping.streamedBytes();
    interruption.check();
    long toAccelerator = crossing(crossings.toAccelerator()).mapToLong(mapping::inputBytes).sum();
    interruption.check();
    long toHost =
        crossing(crossings.toHost())
            .mapToLong(tensor -> transfers.outputBytes(graph.tensor(tensor)))
            .sum();
    interruption.check();
    return new MemoryReport(
        cached,
        streamed,
        mapping.memory().peakBytes(),
        mapping.memory().lowerBoundBytes(),
        accelerator.peMemory().bytes(),
        activity.layers().stream().mapToLong(LayerActivity::activationBytes).sum(),
        mapping.memory().instructionBytes(),
        toAccelerator,
        toHost,
        mapping.parameterMemoryBytes());
  }

  private static IntStream crossing(List<Boolean> crossing) {
    return IntStream.range(0, crossing.size()).filter(crossing::get);
  }

  private long macs(Layer layer) {
    return layer.nodes().stream()
        .mapToLong(node -> Workload.macs(graph, graph.nodes().get(node)))
        .sum();
  }

  private LayerReport layer(int index) {
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
        macs(layer),
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
        layer.onAccelerator()
            ? share(macs(layer) * mapping.macCycles(layer), did.arrayCycles())
            : 0,
        tiling.map(Tiling::text).orElse(""),
        outside(layer, tiling));
  }

  /**
   * Views take no time, whatever their shape. Of what a host does, measured networks have nothing
   * but their input made integers.
   */
  private String outside(Layer layer, Optional<Tiling> tiling) {
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
