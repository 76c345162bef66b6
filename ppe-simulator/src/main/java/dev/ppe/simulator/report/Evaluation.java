package dev.ppe.simulator.report;

import dev.ppe.simulator.Fidelity;
import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.TimeBreakdown;
import dev.ppe.simulator.graph.GraphHash;
import dev.ppe.simulator.graph.precision.Precision;
import dev.ppe.simulator.power.EnergyBreakdown;
import dev.ppe.simulator.power.PowerAtRate;
import java.util.List;

/**
 * The answer for one network on one accelerator.
 *
 * @param modelName as the request gave it
 * @param accelerator name of the accelerator
 * @param fidelity how closely the machine was followed
 * @param precision the numbers that were computed with
 * @param graphHash of the network without its names, in those numbers
 * @param simulatorVersion of the model that answered
 * @param latencyUs one inference in the steady state, end to end, in microseconds: host transfers,
 *     accelerator, host operators
 * @param firstLatencyUs the first inference, which uploads the cached parameters before, in
 *     microseconds
 * @param cycles accelerator cycles of one inference: the whole but for driver and host operators,
 *     and no less than the cores are busy where a host operator hides them
 * @param time the whole inference by what it was spent on, in accelerator cycles
 * @param energy of one inference
 * @param power what is behind it, and how the power goes
 * @param macs multiply-accumulates of one inference
 * @param parameters stored elements
 * @param utilization multiply-accumulates done, as a share of those possible in {@code cycles}; 0
 *     to 1
 * @param operators nodes of the network
 * @param hostOperators those of them that the host runs
 * @param memory what is where, in bytes
 * @param layers fused operators in the order in which they run
 * @param validated whether times of this accelerator have been compared with measured ones
 */
public record Evaluation(
    String modelName,
    String accelerator,
    Fidelity fidelity,
    Precision precision,
    GraphHash graphHash,
    String simulatorVersion,
    double latencyUs,
    double firstLatencyUs,
    long cycles,
    TimeBreakdown time,
    EnergyBreakdown energy,
    PowerReport power,
    long macs,
    long parameters,
    double utilization,
    int operators,
    int hostOperators,
    MemoryReport memory,
    List<LayerReport> layers,
    boolean validated) {

  public Evaluation {
    layers = List.copyOf(layers);
  }

  /** Layers that are not like those that the accelerator was validated with. */
  public int outsideLayers() {
    return outsideLayers(Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public int outsideLayers(Interruption interruption) {
    int outside = 0;
    for (int i = 0; i < layers.size(); i++) {
      interruption.checkAt(i);
      outside += layers.get(i).outside().isEmpty() ? 0 : 1;
    }
    return outside;
  }

  /** Their share of the time, in cycles. */
  public long outsideCycles() {
    return outsideCycles(Interruption.NEVER);
  }

  /** The same, as long as it is wanted. */
  public long outsideCycles(Interruption interruption) {
    long outside = 0;
    for (int i = 0; i < layers.size(); i++) {
      interruption.checkAt(i);
      outside += layers.get(i).outside().isEmpty() ? 0 : layers.get(i).cycles();
    }
    return outside;
  }

  /** Energy over latency, in milliwatts. */
  public double averagePowerMw() {
    return latencyUs == 0 ? 0 : energy.totalUj() / latencyUs * 1e3;
  }

  /**
   * Operations for an energy: two for each multiply-accumulate that the accelerator does, in
   * tera-operations a second and watt, which are operations a picojoule.
   */
  public double topsPerWatt() {
    double picojoules = energy.totalUj() * 1e6;
    return picojoules == 0 ? 0 : 2.0 * power.actions().macs() / picojoules;
  }

  /** Power of so many inferences a second; see {@link PowerAtRate#of}. */
  public PowerAtRate atRate(double inferencesPerSecond) {
    return PowerAtRate.of(inferencesPerSecond, latencyUs, energy.totalUj(), power.idleMw());
  }
}
