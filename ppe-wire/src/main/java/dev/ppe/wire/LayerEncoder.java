package dev.ppe.wire;

import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.report.LayerReport;
import dev.ppe.v1.Layer;
import dev.ppe.v1.Placement;
import dev.ppe.v1.TimeBreakdown;

/** Layers of an evaluation, and where time went, as messages. */
final class LayerEncoder {
  private LayerEncoder() {}

  static Layer layer(LayerReport layer) {
    return Layer.newBuilder()
        .setName(layer.name())
        .setKind(layer.kind())
        .setPlacement(
            layer.onAccelerator() ? Placement.PLACEMENT_ACCELERATOR : Placement.PLACEMENT_HOST)
        .setPlacementReason(layer.placementReason())
        .setCycles(layer.cycles())
        .setTime(time(layer.time()))
        .setBoundBy(Enums.CAUSE.encode(layer.boundBy()))
        .setStartCycle(layer.startCycle())
        .setFinishCycle(layer.finishCycle())
        .setMacs(layer.macs())
        .setUtilization(layer.utilization())
        .setParameterBytes(layer.parameterBytes())
        .setParametersCached(layer.parametersCached())
        .setPeMemoryReadBytes(layer.peMemoryReadBytes())
        .setPeMemoryWriteBytes(layer.peMemoryWriteBytes())
        .setActivationReadBytes(layer.activationReadBytes())
        .setParameterReadBytes(layer.parameterReadBytes())
        .setNetworkBytes(layer.networkBytes())
        .setDramBytes(layer.dramBytes())
        .setHostLinkBytes(layer.hostLinkBytes())
        .setEnergyUj(layer.energyUj())
        .setEnergy(EnergyEncoder.layer(layer.energy()))
        .setTiling(layer.tiling())
        .setOutside(layer.outside())
        .build();
  }

  static TimeBreakdown time(dev.ppe.simulator.activity.TimeBreakdown time) {
    TimeBreakdown.Builder builder = TimeBreakdown.newBuilder();
    for (Cause cause : Cause.values()) {
      long cycles = time.of(cause);
      switch (cause) {
        case COMPUTE -> builder.setComputeCycles(cycles);
        case ACTIVATION_FETCH -> builder.setActivationFetchCycles(cycles);
        case PARAMETER_FETCH -> builder.setParameterFetchCycles(cycles);
        case OUTPUT -> builder.setOutputCycles(cycles);
        case DMA -> builder.setDmaCycles(cycles);
        case HOST_LINK -> builder.setHostLinkCycles(cycles);
        case HOST -> builder.setHostCycles(cycles);
        case INVOCATION -> builder.setInvocationCycles(cycles);
        case DOORBELL -> builder.setDoorbellCycles(cycles);
        case DECODE -> builder.setDecodeCycles(cycles);
        case COMPLETION -> builder.setCompletionCycles(cycles);
        case PE_MEMORY_BANK -> builder.setPeMemoryBankCycles(cycles);
      }
    }
    return builder.build();
  }
}
