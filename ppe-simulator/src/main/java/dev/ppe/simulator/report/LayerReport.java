package dev.ppe.simulator.report;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.activity.TimeBreakdown;
import dev.ppe.simulator.power.EnergyBreakdown;

/**
 * One fused operator's part in an inference.
 *
 * @param name the name of its main node
 * @param kind the main operator's kind, with what is fused into it: {@code conv+relu}
 * @param onAccelerator whether the accelerator runs it, or the host
 * @param placementReason why it was placed there; empty for the accelerator
 * @param time its share of the inference's critical path, in cycles, by what it was spent on;
 *     cycles hidden behind other layers are not in it
 * @param startCycle when its first instruction began, counted from the start of the inference
 * @param finishCycle when its last instruction ended
 * @param macs multiply-accumulates
 * @param parameterBytes parameters as stored for the accelerator, padding included
 * @param parametersCached whether they stay on the chip from one inference to the next
 * @param peMemoryReadBytes bytes read from PE memories, over all PEs: what cores take in, what
 *     other PEs do, and what goes off the chip
 * @param peMemoryWriteBytes bytes written to PE memories, halo included
 * @param activationReadBytes bytes of activations that the cores and the vector units took in, over
 *     all PEs
 * @param parameterReadBytes bytes of parameters that the cores took in, over all PEs
 * @param networkBytes bytes moved between PEs
 * @param dramBytes bytes to and from DRAM
 * @param hostLinkBytes bytes on the link to the host
 * @param energy of what it does, and leakage and clock of its share of the time; on the host those
 *     of the accelerator that waits for it
 * @param utilization multiply-accumulates done, as a share of those possible while it held the
 *     cores
 * @param tiling how it was cut over the PEs, in parts along rows, columns and channels: {@code
 *     4x4x1}; empty on the host
 * @param outside why its shape lies outside of what the accelerator was validated with, in words;
 *     empty where it does not, on the host, and where nothing was validated
 */
public record LayerReport(
    String name,
    String kind,
    boolean onAccelerator,
    String placementReason,
    TimeBreakdown time,
    long startCycle,
    long finishCycle,
    long macs,
    long parameterBytes,
    boolean parametersCached,
    long peMemoryReadBytes,
    long peMemoryWriteBytes,
    long activationReadBytes,
    long parameterReadBytes,
    long networkBytes,
    long dramBytes,
    long hostLinkBytes,
    EnergyBreakdown energy,
    double utilization,
    String tiling,
    String outside) {

  /** Its energy in microjoules. */
  public double energyUj() {
    return energy.totalUj();
  }

  /** Its share of the inference, in cycles. */
  public long cycles() {
    return time.total();
  }

  /** What most of its time went to. */
  public Cause boundBy() {
    return time.dominant();
  }
}
