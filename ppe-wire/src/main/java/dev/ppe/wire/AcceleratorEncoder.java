package dev.ppe.wire;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Dram;
import dev.ppe.simulator.hardware.Grid;
import dev.ppe.simulator.hardware.Host;
import dev.ppe.simulator.hardware.HostLink;
import dev.ppe.simulator.hardware.Invocation;
import dev.ppe.simulator.hardware.LayerBounds;
import dev.ppe.simulator.hardware.ParameterMemory;
import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.hardware.PlacementRules;
import dev.ppe.simulator.hardware.Validated;

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
                    .setElementsPerCycle(accelerator.vectorUnit().elementsPerCycle())
                    .setGatheredInFourCycles(accelerator.vectorUnit().gatheredInFourCycles())
                    .setResidualAdd(accelerator.vectorUnit().residualAdd())
                    .setMatrixSoftmax(accelerator.vectorUnit().matrixSoftmax()))
            .setInvocation(invocation(accelerator.invocation()))
            .setPlacement(placement(accelerator.placement()))
            .setHost(host(accelerator.host()))
            .setEnergyTable(accelerator.energyTable());
    accelerator
        .network()
        .ifPresent(
            network ->
                builder.setNetwork(
                    dev.ppe.v1.Accelerator.Network.newBuilder()
                        .setBytesPerCycle(network.bytesPerCycle())));
    accelerator.dram().ifPresent(dram -> builder.setDram(dram(dram)));
    accelerator.hostLink().ifPresent(link -> builder.setHostLink(hostLink(link)));
    accelerator
        .energyScale()
        .ifPresent(
            scale ->
                builder.setEnergyScale(
                    dev.ppe.v1.Accelerator.EnergyScale.newBuilder()
                        .setDynamicPermille(scale.dynamicPermille())
                        .setStaticPermille(scale.staticPermille())));
    accelerator.validated().ifPresent(validated -> builder.setValidated(validated(validated)));
    accelerator.types().forEach(type -> builder.addTypes(Enums.DATA_TYPE.encode(type)));
    if (accelerator.macCycles().stream().anyMatch(cycles -> cycles > 1)) { // else left out
      builder.addAllMacCycles(accelerator.macCycles());
    }
    return builder.build();
  }

  private static dev.ppe.v1.Accelerator.Validated validated(Validated validated) {
    dev.ppe.v1.Accelerator.Validated.Builder builder =
        dev.ppe.v1.Accelerator.Validated.newBuilder().addAllData(validated.data());
    validated.types().forEach(type -> builder.addTypes(Enums.DATA_TYPE.encode(type)));
    validated.layers().forEach(layer -> builder.addLayers(bounds(layer)));
    return builder.build();
  }

  private static dev.ppe.v1.Accelerator.LayerBounds bounds(LayerBounds bounds) {
    return dev.ppe.v1.Accelerator.LayerBounds.newBuilder()
        .setKind(bounds.kind())
        .setKernel(bounds.kernel())
        .setStride(bounds.stride())
        .setDilation(bounds.dilation())
        .setGroups(bounds.groups())
        .setSize(bounds.size())
        .setInputs(bounds.inputs())
        .setOutputs(bounds.outputs())
        .setParameters(bounds.parameters())
        .build();
  }

  private static dev.ppe.v1.Accelerator.Grid grid(Grid grid) {
    return dev.ppe.v1.Accelerator.Grid.newBuilder()
        .setRows(grid.rows())
        .setColumns(grid.columns())
        .setSplit(AcceleratorEnums.SPLIT.encode(grid.split()))
        .build();
  }

  private static dev.ppe.v1.Accelerator.Core core(Core core) {
    dev.ppe.v1.Accelerator.Core.Builder builder = dev.ppe.v1.Accelerator.Core.newBuilder();
    return switch (core) {
      case Core.Simd simd ->
          builder
              .setSimd(
                  dev.ppe.v1.Accelerator.Simd.newBuilder()
                      .setPerPe(simd.perPe())
                      .setLanes(simd.lanes())
                      .setMacsPerLane(simd.macsPerLane())
                      .setAccumulators(simd.accumulators())
                      .setSlidingWindow(simd.slidingWindow())
                      .setWordsInFourCycles(simd.wordsInFourCycles())
                      .setPipelineDepth(simd.pipelineDepth()))
              .build();
      case Core.Systolic systolic ->
          builder
              .setSystolic(
                  dev.ppe.v1.Accelerator.Systolic.newBuilder()
                      .setRows(systolic.rows())
                      .setColumns(systolic.columns())
                      .setDataflow(AcceleratorEnums.DATAFLOW.encode(systolic.dataflow()))
                      .setOverlap(systolic.overlap()))
              .build();
    };
  }

  private static dev.ppe.v1.Accelerator.PeMemory peMemory(PeMemory memory) {
    return dev.ppe.v1.Accelerator.PeMemory.newBuilder()
        .setBytes(memory.bytes())
        .setReadBytesPerCycle(memory.readBytesPerCycle())
        .setWriteBytesPerCycle(memory.writeBytesPerCycle())
        .setOverflow(AcceleratorEnums.OVERFLOW.encode(memory.overflow()))
        .setBanks(memory.banks())
        .setImagesStay(memory.imagesStay())
        .build();
  }

  private static dev.ppe.v1.Accelerator.ParameterMemory parameterMemory(ParameterMemory memory) {
    return dev.ppe.v1.Accelerator.ParameterMemory.newBuilder()
        .setCacheBytes(memory.cacheBytes())
        .setStagingBytes(memory.stagingBytes())
        .setBytesPerCycle(memory.bytesPerCycle())
        .setBroadcastBytesPerCycle(memory.broadcastBytesPerCycle())
        .setOverlap(memory.overlap())
        .setPrefetch(memory.prefetch())
        .setPeBytes(memory.peBytes())
        .setWeightsOnly(memory.weightsOnly())
        .setWeightsStay(memory.weightsStay())
        .build();
  }

  private static dev.ppe.v1.Accelerator.Dram dram(Dram dram) {
    dev.ppe.v1.Accelerator.Dram.Builder builder =
        dev.ppe.v1.Accelerator.Dram.newBuilder()
            .setBytesPerSecond(dram.bytesPerSecond())
            .setLatencyNs(dram.latencyNs());
    dram.part().ifPresent(part -> builder.setPart(part.name()).setChannels(part.channels()));
    return builder.build();
  }

  private static dev.ppe.v1.Accelerator.HostLink hostLink(HostLink link) {
    return dev.ppe.v1.Accelerator.HostLink.newBuilder()
        .setToDeviceBytesPerSecond(link.toDeviceBytesPerSecond())
        .setFromDeviceBytesPerSecond(link.fromDeviceBytesPerSecond())
        .setLatencyNs(link.latencyNs())
        .build();
  }

  private static dev.ppe.v1.Accelerator.Invocation invocation(Invocation invocation) {
    return dev.ppe.v1.Accelerator.Invocation.newBuilder()
        .setOverheadNs(invocation.overheadNs())
        .setDoorbellPermille(invocation.doorbellPermille())
        .setCompletionPermille(invocation.completionPermille())
        .setLayerOverheadNs(invocation.layerOverheadNs())
        .setInstructions(
            dev.ppe.v1.Accelerator.Instructions.newBuilder()
                .setBase(invocation.instructions().base())
                .setPerLayer(invocation.instructions().perLayer())
                .setPerRow(invocation.instructions().perRow())
                .setPerBlock(invocation.instructions().perBlock())
                .setPerUneven(invocation.instructions().perUneven())
                .setPerPart(invocation.instructions().perPart())
                .setPerSoftmax(invocation.instructions().perSoftmax()))
        .build();
  }

  private static dev.ppe.v1.Accelerator.PlacementRules placement(PlacementRules rules) {
    return dev.ppe.v1.Accelerator.PlacementRules.newBuilder()
        .setContiguousRegion(rules.contiguousRegion())
        .addAllHostOperators(rules.hostOperators())
        .setMaxUpsampling(rules.maxUpsampling())
        .build();
  }

  private static dev.ppe.v1.Accelerator.Host host(Host host) {
    return dev.ppe.v1.Accelerator.Host.newBuilder()
        .setName(host.name())
        .setMacsPerSecond(host.macsPerSecond())
        .setBytesPerSecond(host.bytesPerSecond())
        .setOverheadNs(host.overheadNs())
        .setQuantizedElementsPerSecond(host.quantizedElementsPerSecond())
        .build();
  }
}
