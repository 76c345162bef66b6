package dev.ppe.wire;

import dev.ppe.simulator.hardware.Accelerator;

/** Accelerators as messages. */
final class AcceleratorEncoder {
  private AcceleratorEncoder() {}

  static dev.ppe.v1.Accelerator encode(Accelerator accelerator) {
    dev.ppe.v1.Accelerator.Builder builder =
        dev.ppe.v1.Accelerator.newBuilder()
            .setName(accelerator.name())
            .setDescription(accelerator.description())
            .setClockHz(accelerator.clockHz())
            .setGrid(grid(accelerator.grid()))
            .setCore(core(accelerator.core()))
            .setPeMemory(peMemory(accelerator.peMemory()))
            .setParameterMemory(parameterMemory(accelerator.parameterMemory()))
            .setVectorUnit(
                dev.ppe.v1.Accelerator.VectorUnit.newBuilder()
                    .setElementsPerCycle(accelerator.vectorUnit().elementsPerCycle()))
            .setNetwork(
                dev.ppe.v1.Accelerator.Network.newBuilder()
                    .setBytesPerCycle(accelerator.network().bytesPerCycle()))
            .setInvocation(invocation(accelerator.invocation()))
            .setContiguousRegion(accelerator.contiguousRegion())
            .setHost(host(accelerator.host()))
            .setEnergyTable(accelerator.energyTable());
    accelerator.dram().ifPresent(dram -> builder.setDram(dram(dram)));
    accelerator.hostLink().ifPresent(link -> builder.setHostLink(hostLink(link)));
    accelerator.types().forEach(type -> builder.addTypes(Enums.DATA_TYPE.encode(type)));
    return builder.build();
  }

  private static dev.ppe.v1.Accelerator.Grid grid(Accelerator.Grid grid) {
    return dev.ppe.v1.Accelerator.Grid.newBuilder()
        .setRows(grid.rows())
        .setColumns(grid.columns())
        .build();
  }

  private static dev.ppe.v1.Accelerator.Core core(Accelerator.Core core) {
    return dev.ppe.v1.Accelerator.Core.newBuilder()
        .setPerPe(core.perPe())
        .setLanes(core.lanes())
        .setMacsPerLane(core.macsPerLane())
        .setAccumulators(core.accumulators())
        .build();
  }

  private static dev.ppe.v1.Accelerator.PeMemory peMemory(Accelerator.PeMemory memory) {
    return dev.ppe.v1.Accelerator.PeMemory.newBuilder()
        .setBytes(memory.bytes())
        .setReadBytesPerCycle(memory.readBytesPerCycle())
        .setWriteBytesPerCycle(memory.writeBytesPerCycle())
        .build();
  }

  private static dev.ppe.v1.Accelerator.ParameterMemory parameterMemory(
      Accelerator.ParameterMemory memory) {
    return dev.ppe.v1.Accelerator.ParameterMemory.newBuilder()
        .setCacheBytes(memory.cacheBytes())
        .setStagingBytes(memory.stagingBytes())
        .setBytesPerCycle(memory.bytesPerCycle())
        .build();
  }

  private static dev.ppe.v1.Accelerator.Dram dram(Accelerator.Dram dram) {
    return dev.ppe.v1.Accelerator.Dram.newBuilder()
        .setBytesPerSecond(dram.bytesPerSecond())
        .setLatencyNs(dram.latencyNs())
        .build();
  }

  private static dev.ppe.v1.Accelerator.HostLink hostLink(Accelerator.HostLink link) {
    return dev.ppe.v1.Accelerator.HostLink.newBuilder()
        .setToDeviceBytesPerSecond(link.toDeviceBytesPerSecond())
        .setFromDeviceBytesPerSecond(link.fromDeviceBytesPerSecond())
        .setLatencyNs(link.latencyNs())
        .build();
  }

  private static dev.ppe.v1.Accelerator.Invocation invocation(Accelerator.Invocation invocation) {
    return dev.ppe.v1.Accelerator.Invocation.newBuilder()
        .setOverheadNs(invocation.overheadNs())
        .setInstructionBytes(invocation.instructionBytes())
        .setInstructionBytesPerLayer(invocation.instructionBytesPerLayer())
        .build();
  }

  private static dev.ppe.v1.Accelerator.Host host(Accelerator.Host host) {
    return dev.ppe.v1.Accelerator.Host.newBuilder()
        .setName(host.name())
        .setMacsPerSecond(host.macsPerSecond())
        .setBytesPerSecond(host.bytesPerSecond())
        .setOverheadNs(host.overheadNs())
        .build();
  }
}
