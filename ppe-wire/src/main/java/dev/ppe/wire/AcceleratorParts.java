package dev.ppe.wire;

import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Dram;
import dev.ppe.simulator.hardware.DramPart;
import dev.ppe.simulator.hardware.Grid;
import dev.ppe.simulator.hardware.Host;
import dev.ppe.simulator.hardware.HostLink;
import dev.ppe.simulator.hardware.Instructions;
import dev.ppe.simulator.hardware.Invocation;
import dev.ppe.simulator.hardware.ParameterMemory;
import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.hardware.PlacementRules;
import dev.ppe.simulator.hardware.VectorUnit;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parts of an accelerator, from their messages. The domain's own checks name part and field.
 */
final class AcceleratorParts {
  private static final int MAX_HOST_OPERATORS = 256;

  private AcceleratorParts() {}

  static Grid grid(dev.ppe.v1.Accelerator.Grid grid) {
    return new Grid(
        grid.getRows(),
        grid.getColumns(),
        AcceleratorEnums.SPLIT.decode("grid.split", grid.getSplitValue()));
  }

  static Core core(dev.ppe.v1.Accelerator.Core core) {
    return switch (core.getKindCase()) {
      case SIMD -> simd(core.getSimd());
      case SYSTOLIC -> systolic(core.getSystolic());
      case KIND_NOT_SET -> throw FieldException.of("core", "must be simd or systolic");
    };
  }

  private static Core simd(dev.ppe.v1.Accelerator.Simd core) {
    return new Core.Simd(
        core.getPerPe(),
        core.getLanes(),
        core.getMacsPerLane(),
        core.getAccumulators(),
        core.getSlidingWindow(),
        core.getWordsInFourCycles(),
        core.getPipelineDepth());
  }

  private static Core systolic(dev.ppe.v1.Accelerator.Systolic core) {
    return new Core.Systolic(
        core.getRows(),
        core.getColumns(),
        AcceleratorEnums.DATAFLOW.decode("core.systolic.dataflow", core.getDataflowValue()),
        core.getOverlap());
  }

  static PeMemory peMemory(dev.ppe.v1.Accelerator.PeMemory memory) {
    return new PeMemory(
        memory.getBytes(),
        memory.getReadBytesPerCycle(),
        memory.getWriteBytesPerCycle(),
        AcceleratorEnums.OVERFLOW.decode("pe_memory.overflow", memory.getOverflowValue()),
        memory.hasBanks() ? memory.getBanks() : PeMemory.BANKS,
        memory.getImagesStay());
  }

  static ParameterMemory parameterMemory(dev.ppe.v1.Accelerator.ParameterMemory memory) {
    return new ParameterMemory(
        memory.getCacheBytes(),
        memory.getStagingBytes(),
        memory.getBytesPerCycle(),
        memory.getBroadcastBytesPerCycle(),
        memory.getOverlap(),
        memory.getPrefetch(),
        memory.getPeBytes(),
        memory.getWeightsOnly(),
        memory.getWeightsStay());
  }

  static VectorUnit vectorUnit(dev.ppe.v1.Accelerator.VectorUnit unit) {
    return new VectorUnit(
        unit.getElementsPerCycle(),
        unit.getGatheredInFourCycles(),
        unit.getResidualAdd(),
        unit.getMatrixSoftmax());
  }

  static Dram dram(dev.ppe.v1.Accelerator.Dram dram) {
    OptionalInt channels =
        dram.hasChannels() ? OptionalInt.of(dram.getChannels()) : OptionalInt.empty();
    Optional<DramPart> part =
        dram.hasPart() ? Optional.of(DramPart.of(dram.getPart(), channels)) : Optional.empty();
    if (part.isEmpty() && channels.isPresent()) {
      throw new IllegalArgumentException("dram.channels is given, so must be dram.part");
    }
    return new Dram(dram.getBytesPerSecond(), dram.getLatencyNs(), part);
  }

  static HostLink hostLink(dev.ppe.v1.Accelerator.HostLink link) {
    return new HostLink(
        link.getToDeviceBytesPerSecond(), link.getFromDeviceBytesPerSecond(), link.getLatencyNs());
  }

  static Invocation invocation(dev.ppe.v1.Accelerator.Invocation invocation) {
    dev.ppe.v1.Accelerator.Instructions instructions = invocation.getInstructions();
    return new Invocation(
        invocation.getOverheadNs(),
        invocation.getDoorbellPermille(),
        invocation.getCompletionPermille(),
        invocation.getLayerOverheadNs(),
        new Instructions(
            instructions.getBase(),
            instructions.getPerLayer(),
            instructions.getPerRow(),
            instructions.getPerBlock(),
            instructions.getPerUneven(),
            instructions.getPerPart(),
            instructions.getPerSoftmax()));
  }

  static PlacementRules placement(dev.ppe.v1.Accelerator.PlacementRules rules) {
    return new PlacementRules(
        rules.getContiguousRegion(),
        Fields.atMost("placement.host_operators", rules.getHostOperatorsList(), MAX_HOST_OPERATORS),
        rules.getMaxUpsampling());
  }

  static Host host(dev.ppe.v1.Accelerator.Host host) {
    return new Host(
        host.getName(),
        host.getMacsPerSecond(),
        host.getBytesPerSecond(),
        host.getQuantizedElementsPerSecond(),
        host.getOverheadNs());
  }
}
