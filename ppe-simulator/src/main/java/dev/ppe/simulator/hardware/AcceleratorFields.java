package dev.ppe.simulator.hardware;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.hardware.Grid.Split;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The fields of a description, part by part: those of {@link Accelerator}. */
final class AcceleratorFields {
  private AcceleratorFields() {}

  /**
   * The accelerator of a description.
   *
   * @throws IllegalArgumentException naming the field and the values it may take
   */
  static Accelerator read(YamlObject root) {
    Accelerator accelerator =
        new Accelerator(
            root.text("name"),
            root.text("description"),
            root.integer("clock_hz"),
            root.object(
                "grid",
                grid ->
                    new Grid(
                        grid.number("rows"),
                        grid.number("columns"),
                        grid.choice("split", Split.class))),
            root.object("core", AcceleratorFields::core),
            root.object(
                "pe_memory",
                memory ->
                    new PeMemory(
                        memory.integer("bytes"),
                        memory.number("read_bytes_per_cycle"),
                        memory.number("write_bytes_per_cycle"),
                        memory.choice("overflow", Overflow.class),
                        memory.optionalNumber("banks").orElse(PeMemory.BANKS),
                        memory.optionalFlag("images_stay").orElse(false))),
            root.object(
                "parameter_memory",
                memory ->
                    new ParameterMemory(
                        memory.integer("cache_bytes"),
                        memory.integer("staging_bytes"),
                        memory.number("bytes_per_cycle"),
                        memory.number("broadcast_bytes_per_cycle"),
                        memory.flag("overlap"),
                        memory.flag("prefetch"),
                        memory.optionalInteger("pe_bytes").orElse(0L),
                        memory.optionalFlag("weights_only").orElse(false),
                        memory.optionalFlag("weights_stay").orElse(false))),
            root.object(
                "vector_unit",
                unit ->
                    new VectorUnit(
                        unit.number("elements_per_cycle"),
                        unit.number("gathered_in_four_cycles"),
                        unit.flag("residual_add"),
                        unit.optionalFlag("matrix_softmax").orElse(false))),
            root.optional("network", network -> new Network(network.number("bytes_per_cycle"))),
            root.optional("dram", AcceleratorFields::dram),
            root.optional(
                "host_link",
                link ->
                    new HostLink(
                        link.integer("to_device_bytes_per_second"),
                        link.integer("from_device_bytes_per_second"),
                        link.number("latency_ns"))),
            root.object(
                "invocation",
                invocation ->
                    new Invocation(
                        invocation.number("overhead_ns"),
                        invocation.optionalNumber("doorbell_permille").orElse(0),
                        invocation.optionalNumber("completion_permille").orElse(0),
                        invocation.number("layer_overhead_ns"),
                        invocation.object("instructions", AcceleratorFields::instructions))),
            types("types", root.texts("types")),
            root.numbers("mac_cycles"),
            root.object(
                "placement",
                rules ->
                    new PlacementRules(
                        rules.flag("contiguous_region"),
                        rules.texts("host_operators"),
                        rules.number("max_upsampling"))),
            root.object(
                "host",
                host ->
                    new Host(
                        host.text("name"),
                        host.integer("macs_per_second"),
                        host.integer("bytes_per_second"),
                        host.integer("quantized_elements_per_second"),
                        host.number("overhead_ns"))),
            root.text("energy_table"),
            root.optional(
                "energy_scale",
                scale ->
                    new EnergyScale(
                        scale.number("dynamic_permille"), scale.number("static_permille"))),
            root.optional("validated", AcceleratorFields::validated));
    root.requireAllRead();
    return accelerator;
  }

  private static Dram dram(YamlObject dram) {
    OptionalInt channels = dram.optionalNumber("channels");
    Optional<DramPart> part = dram.optionalText("part").map(name -> DramPart.of(name, channels));
    if (part.isEmpty() && channels.isPresent()) {
      throw new IllegalArgumentException("dram.channels is given, so must be dram.part");
    }
    return new Dram(dram.integer("bytes_per_second"), dram.number("latency_ns"), part);
  }

  private static Core core(YamlObject core) {
    Optional<Core> simd = core.optional("simd", AcceleratorFields::simd);
    Optional<Core> systolic = core.optional("systolic", AcceleratorFields::systolic);
    if (simd.isPresent() == systolic.isPresent()) {
      throw new IllegalArgumentException("core must have one of simd and systolic");
    }
    return simd.or(() -> systolic).orElseThrow();
  }

  private static Core simd(YamlObject core) {
    return new Core.Simd(
        core.number("per_pe"),
        core.number("lanes"),
        core.number("macs_per_lane"),
        core.number("accumulators"),
        core.flag("sliding_window"),
        core.number("words_in_four_cycles"),
        core.number("pipeline_depth"));
  }

  private static Core systolic(YamlObject core) {
    return new Core.Systolic(
        core.number("rows"),
        core.number("columns"),
        core.choice("dataflow", Core.Dataflow.class),
        core.flag("overlap"));
  }

  private static Instructions instructions(YamlObject instructions) {
    return new Instructions(
        instructions.number("base"),
        instructions.number("per_layer"),
        instructions.number("per_row"),
        instructions.number("per_block"),
        instructions.optionalNumber("per_uneven").orElse(0),
        instructions.optionalNumber("per_part").orElse(0),
        instructions.optionalNumber("per_softmax").orElse(0));
  }

  private static Validated validated(YamlObject validated) {
    return new Validated(
        validated.texts("data"),
        types("validated.types", validated.texts("types")),
        validated.objects("layers", AcceleratorFields::bounds));
  }

  private static LayerBounds bounds(YamlObject layer) {
    return new LayerBounds(
        layer.text("kind"),
        layer.number("kernel"),
        layer.number("stride"),
        layer.number("dilation"),
        layer.number("groups"),
        layer.integer("size"),
        layer.integer("inputs"),
        layer.integer("outputs"),
        layer.integer("parameters"));
  }

  private static List<DataType> types(String field, List<String> names) {
    return names.stream()
        .map(
            name -> {
              try {
                return DataType.valueOf(name.toUpperCase(Locale.ROOT));
              } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                    "%s names \"%s\", which is not one of %s"
                        .formatted(field, name, List.of(DataType.values())),
                    e);
              }
            })
        .toList();
  }
}
