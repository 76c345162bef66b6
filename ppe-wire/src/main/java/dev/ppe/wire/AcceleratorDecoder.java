package dev.ppe.wire;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.EnergyScale;
import dev.ppe.simulator.hardware.LayerBounds;
import dev.ppe.simulator.hardware.Network;
import dev.ppe.simulator.hardware.Validated;
import dev.ppe.simulator.power.EnergyTables;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Accelerators from messages, part by part ({@link AcceleratorParts}). */
final class AcceleratorDecoder {
  private static final int MAX_TYPES = DataType.values().length;
  private static final int MAX_VALIDATED = 256;

  private AcceleratorDecoder() {}

  static Accelerator decode(dev.ppe.v1.Accelerator message) {
    return new Accelerator(
        message.getName(),
        message.getDescription(),
        message.getClockHz(),
        part("grid", message.hasGrid(), () -> AcceleratorParts.grid(message.getGrid())),
        part("core", message.hasCore(), () -> AcceleratorParts.core(message.getCore())),
        part(
            "pe_memory",
            message.hasPeMemory(),
            () -> AcceleratorParts.peMemory(message.getPeMemory())),
        part(
            "parameter_memory",
            message.hasParameterMemory(),
            () -> AcceleratorParts.parameterMemory(message.getParameterMemory())),
        part(
            "vector_unit",
            message.hasVectorUnit(),
            () -> AcceleratorParts.vectorUnit(message.getVectorUnit())),
        message.hasNetwork()
            ? Optional.of(new Network(message.getNetwork().getBytesPerCycle()))
            : Optional.empty(),
        message.hasDram()
            ? Optional.of(AcceleratorParts.dram(message.getDram()))
            : Optional.empty(),
        message.hasHostLink()
            ? Optional.of(AcceleratorParts.hostLink(message.getHostLink()))
            : Optional.empty(),
        part(
            "invocation",
            message.hasInvocation(),
            () -> AcceleratorParts.invocation(message.getInvocation())),
        types("types", message.getTypesValueList()),
        Fields.atMost("mac_cycles", message.getMacCyclesList(), MAX_TYPES),
        part(
            "placement",
            message.hasPlacement(),
            () -> AcceleratorParts.placement(message.getPlacement())),
        part("host", message.hasHost(), () -> AcceleratorParts.host(message.getHost())),
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
            .map(AcceleratorDecoder::bounds)
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

  /** A part that must be there. */
  private static <T> T part(String field, boolean present, Supplier<T> decoder) {
    if (!present) {
      throw FieldException.of(field, "is missing");
    }
    return decoder.get();
  }

  private static List<DataType> types(String field, List<Integer> values) {
    List<Integer> numbers = Fields.atMost(field, values, MAX_TYPES);
    return IntStream.range(0, numbers.size())
        .mapToObj(i -> Enums.DATA_TYPE.decode(field + "[" + i + "]", numbers.get(i)))
        .toList();
  }
}
