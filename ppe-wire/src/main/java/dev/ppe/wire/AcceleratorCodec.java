package dev.ppe.wire;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import dev.ppe.simulator.hardware.Dram;
import dev.ppe.simulator.hardware.DramPart;
import dev.ppe.simulator.hardware.EnergyScale;
import dev.ppe.simulator.hardware.Grid;
import dev.ppe.simulator.hardware.Host;
import dev.ppe.simulator.hardware.HostLink;
import dev.ppe.simulator.hardware.Instructions;
import dev.ppe.simulator.hardware.Invocation;
import dev.ppe.simulator.hardware.LayerBounds;
import dev.ppe.simulator.hardware.Network;
import dev.ppe.simulator.hardware.ParameterMemory;
import dev.ppe.simulator.hardware.PeMemory;
import dev.ppe.simulator.hardware.PlacementRules;
import dev.ppe.simulator.hardware.Validated;
import dev.ppe.simulator.hardware.VectorUnit;
import dev.ppe.simulator.power.EnergyTables;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Between the wire's accelerator and the domain's; {@link AcceleratorEncoder} has the other way.
 */
public final class AcceleratorCodec {
  private static final int MAX_TYPES = DataType.values().length;
  private static final int MAX_HOST_OPERATORS = 256;
  private static final int MAX_VALIDATED = 256;

  private AcceleratorCodec() {}

  /** The message of an accelerator. */
  public static dev.ppe.v1.Accelerator encode(Accelerator accelerator) {
    return AcceleratorEncoder.encode(accelerator);
  }

  /**
   * The accelerator of a message.
   *
   * @throws IllegalArgumentException naming the field and the values it may take
   */
  public static Accelerator decode(dev.ppe.v1.Accelerator message) {
    return new Accelerator(
        message.getName(),
        message.getDescription(),
        message.getClockHz(),
        part("grid", message.hasGrid(), () -> grid(message.getGrid())),
        part("core", message.hasCore(), () -> core(message.getCore())),
        part("pe_memory", message.hasPeMemory(), () -> peMemory(message.getPeMemory())),
        part(
            "parameter_memory",
            message.hasParameterMemory(),
            () -> parameterMemory(message.getParameterMemory())),
        part(
            "vector_unit",
            message.hasVectorUnit(),
            () ->
                new VectorUnit(
                    message.getVectorUnit().getElementsPerCycle(),
                    message.getVectorUnit().getGatheredInFourCycles(),
                    message.getVectorUnit().getResidualAdd(),
                    message.getVectorUnit().getMatrixSoftmax())),
        message.hasNetwork()
            ? Optional.of(new Network(message.getNetwork().getBytesPerCycle()))
            : Optional.empty(),
        message.hasDram() ? Optional.of(dram(message.getDram())) : Optional.empty(),
        message.hasHostLink() ? Optional.of(hostLink(message.getHostLink())) : Optional.empty(),
        part("invocation", message.hasInvocation(), () -> invocation(message.getInvocation())),
        types("types", message.getTypesValueList()),
        Fields.atMost("mac_cycles", message.getMacCyclesList(), MAX_TYPES),
        part("placement", message.hasPlacement(), () -> placement(message.getPlacement())),
        part("host", message.hasHost(), () -> host(message.getHost())),
        energyTable(message.getEnergyTable()),
        message.hasEnergyScale()
            ? Optional.of(
                new EnergyScale(
                    message.getEnergyScale().getDynamicPermille(),
                    message.getEnergyScale().getStaticPermille()))
            : Optional.empty(),
        message.hasValidated() ? Optional.of(validated(message.getValidated())) : Optional.empty());
  }

  private static Validated validated(dev.ppe.v1.Accelerator.Validated validated) {
    return new Validated(
        Fields.atMost("validated.data", validated.getDataList(), MAX_VALIDATED),
        types("validated.types", validated.getTypesValueList()),
        Fields.atMost("validated.layers", validated.getLayersList(), MAX_VALIDATED).stream()
            .map(AcceleratorCodec::bounds)
            .toList());
  }

  private static LayerBounds bounds(dev.ppe.v1.Accelerator.LayerBounds bounds) {
    return new LayerBounds(
        bounds.getKind(),
        bounds.getKernel(),
        bounds.getStride(),
        bounds.getDilation(),
        bounds.getGroups(),
        bounds.getSize(),
        bounds.getInputs(),
        bounds.getOutputs(),
        bounds.getParameters());
  }

  /** The name of a table that there is: found here, not when a model has been compiled. */
  private static String energyTable(String name) {
    if (!EnergyTables.names().contains(name)) {
      throw FieldException.of(
          "energy_table",
          "is \"%s\", must be one of %s".formatted(name, String.join(", ", EnergyTables.names())));
    }
    return name;
  }

  /** A part that must be there. The domain's own checks name the part and the field. */
  private static <T> T part(String field, boolean present, Supplier<T> decoder) {
    if (!present) {
      throw FieldException.of(field, "is missing");
    }
    return decoder.get();
  }

  private static Grid grid(dev.ppe.v1.Accelerator.Grid grid) {
    return new Grid(
        grid.getRows(),
        grid.getColumns(),
        AcceleratorEnums.SPLIT.decode("grid.split", grid.getSplitValue()));
  }

  private static Core core(dev.ppe.v1.Accelerator.Core core) {
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

  private static PeMemory peMemory(dev.ppe.v1.Accelerator.PeMemory memory) {
    return new PeMemory(
        memory.getBytes(),
        memory.getReadBytesPerCycle(),
        memory.getWriteBytesPerCycle(),
        AcceleratorEnums.OVERFLOW.decode("pe_memory.overflow", memory.getOverflowValue()),
        memory.hasBanks() ? memory.getBanks() : PeMemory.BANKS,
        memory.getImagesStay());
  }

  private static ParameterMemory parameterMemory(dev.ppe.v1.Accelerator.ParameterMemory memory) {
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

  private static Dram dram(dev.ppe.v1.Accelerator.Dram dram) {
    OptionalInt channels =
        dram.hasChannels() ? OptionalInt.of(dram.getChannels()) : OptionalInt.empty();
    Optional<DramPart> part =
        dram.hasPart() ? Optional.of(DramPart.of(dram.getPart(), channels)) : Optional.empty();
    if (part.isEmpty() && channels.isPresent()) {
      throw new IllegalArgumentException("dram.channels is given, so must be dram.part");
    }
    return new Dram(dram.getBytesPerSecond(), dram.getLatencyNs(), part);
  }

  private static HostLink hostLink(dev.ppe.v1.Accelerator.HostLink link) {
    return new HostLink(
        link.getToDeviceBytesPerSecond(), link.getFromDeviceBytesPerSecond(), link.getLatencyNs());
  }

  private static Invocation invocation(dev.ppe.v1.Accelerator.Invocation invocation) {
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

  private static PlacementRules placement(dev.ppe.v1.Accelerator.PlacementRules rules) {
    return new PlacementRules(
        rules.getContiguousRegion(),
        Fields.atMost("placement.host_operators", rules.getHostOperatorsList(), MAX_HOST_OPERATORS),
        rules.getMaxUpsampling());
  }

  private static Host host(dev.ppe.v1.Accelerator.Host host) {
    return new Host(
        host.getName(),
        host.getMacsPerSecond(),
        host.getBytesPerSecond(),
        host.getQuantizedElementsPerSecond(),
        host.getOverheadNs());
  }

  private static List<DataType> types(String field, List<Integer> values) {
    List<Integer> numbers = Fields.atMost(field, values, MAX_TYPES);
    return IntStream.range(0, numbers.size())
        .mapToObj(i -> Enums.DATA_TYPE.decode(field + "[" + i + "]", numbers.get(i)))
        .toList();
  }
}
