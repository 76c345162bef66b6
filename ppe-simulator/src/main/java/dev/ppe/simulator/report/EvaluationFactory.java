package dev.ppe.simulator.report;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.SimulatorVersion;
import dev.ppe.simulator.activity.Activity;
import dev.ppe.simulator.activity.Activity.LayerActivity;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.compile.Crossings;
import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.Transfers;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphHash;
import dev.ppe.simulator.graph.Workload;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Cycles;
import dev.ppe.simulator.power.EnergyBreakdown;
import dev.ppe.simulator.power.EnergyModel;
import java.util.ArrayList;
import java.util.List;
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
    Utilization utilization = new Utilization(mapping);
    LayerReportFactory reports = new LayerReportFactory(mapping, activity, energy, utilization);
    List<LayerReport> layers = new ArrayList<>(mapping.layers().size());
    for (int i = 0; i < mapping.layers().size(); i++) {
      interruption.check();
      layers.add(reports.layer(i));
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
    double used = utilization.ofAll(onAccelerator, interruption);
    interruption.check();
    MemoryReport memory = memory();
    interruption.check();
    int hostOperators = hostOperators();
    interruption.check();
    EnergyBreakdown whole = energy.energy();
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
        whole,
        power,
        macs,
        parameters,
        used,
        graph.nodes().size(),
        hostOperators,
        memory,
        layers,
        accelerator.validated().isPresent());
  }

  private double micros(long cycles) {
    return Cycles.toMicros(cycles, accelerator.clockHz());
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
}
