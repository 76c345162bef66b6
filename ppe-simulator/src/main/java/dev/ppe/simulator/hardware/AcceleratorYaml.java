package dev.ppe.simulator.hardware;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.hardware.Accelerator.Core;
import dev.ppe.simulator.hardware.Accelerator.Dram;
import dev.ppe.simulator.hardware.Accelerator.Grid;
import dev.ppe.simulator.hardware.Accelerator.Host;
import dev.ppe.simulator.hardware.Accelerator.HostLink;
import dev.ppe.simulator.hardware.Accelerator.Invocation;
import dev.ppe.simulator.hardware.Accelerator.Network;
import dev.ppe.simulator.hardware.Accelerator.ParameterMemory;
import dev.ppe.simulator.hardware.Accelerator.PeMemory;
import dev.ppe.simulator.hardware.Accelerator.VectorUnit;
import java.util.List;
import java.util.Locale;

/** Reads an accelerator's description from YAML, whose fields are those of {@link Accelerator}. */
public final class AcceleratorYaml {
  /** The longest description that is read, in characters. */
  public static final int MAX_LENGTH = 1 << 16;

  /** Strict where YAML is not: a second value of a field, or a second document, is a mistake. */
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private AcceleratorYaml() {}

  /**
   * Reads a description.
   *
   * @param source the file's name, for messages
   * @param yaml the text
   * @throws IllegalArgumentException naming the source, the field and the values it may take
   */
  public static Accelerator read(String source, String yaml) {
    if (yaml.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "%s: %d characters long, the limit is %d".formatted(source, yaml.length(), MAX_LENGTH));
    }
    try {
      return read(YamlObject.root(MAPPER.readTree(yaml)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(source + ": " + YamlFaults.describe(e), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private static Accelerator read(YamlObject root) {
    Accelerator accelerator =
        new Accelerator(
            root.text("name"),
            root.text("description"),
            root.integer("clock_hz"),
            root.object("grid", grid -> new Grid(grid.number("rows"), grid.number("columns"))),
            root.object(
                "core",
                core ->
                    new Core(
                        core.number("per_pe"),
                        core.number("lanes"),
                        core.number("macs_per_lane"),
                        core.number("accumulators"))),
            root.object(
                "pe_memory",
                memory ->
                    new PeMemory(
                        memory.integer("bytes"),
                        memory.number("read_bytes_per_cycle"),
                        memory.number("write_bytes_per_cycle"))),
            root.object(
                "parameter_memory",
                memory ->
                    new ParameterMemory(
                        memory.integer("cache_bytes"),
                        memory.integer("staging_bytes"),
                        memory.number("bytes_per_cycle"))),
            root.object("vector_unit", unit -> new VectorUnit(unit.number("elements_per_cycle"))),
            root.object("network", network -> new Network(network.number("bytes_per_cycle"))),
            root.optional(
                "dram",
                dram -> new Dram(dram.integer("bytes_per_second"), dram.number("latency_ns"))),
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
                        invocation.number("instruction_bytes"),
                        invocation.number("instruction_bytes_per_layer"))),
            types(root.texts("types")),
            root.flag("contiguous_region"),
            root.object(
                "host",
                host ->
                    new Host(
                        host.text("name"),
                        host.integer("macs_per_second"),
                        host.integer("bytes_per_second"),
                        host.number("overhead_ns"))),
            root.text("energy_table"));
    root.requireAllRead();
    return accelerator;
  }

  private static List<DataType> types(List<String> names) {
    return names.stream()
        .map(
            name -> {
              try {
                return DataType.valueOf(name.toUpperCase(Locale.ROOT));
              } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                    "types names \"%s\", which is not one of %s"
                        .formatted(name, List.of(DataType.values())),
                    e);
              }
            })
        .toList();
  }
}
