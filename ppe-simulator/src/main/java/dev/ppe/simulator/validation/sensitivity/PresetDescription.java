package dev.ppe.simulator.validation.sensitivity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.simulator.dram.DramParts;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.hardware.AcceleratorYaml;
import dev.ppe.simulator.hardware.Dram;
import dev.ppe.simulator.hardware.DramPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A preset's file and that of its DRAM: what they assume, and the machines that there would be with
 * other values.
 */
final class PresetDescription {
  /** What stands for something where a preset has nothing. */
  private static final String CORAL = "coral-pcie";

  private static final String TYPES = "types";
  private static final String MAC_CYCLES = "mac_cycles";
  private static final YAMLMapper YAML = new YAMLMapper();

  private final String name;
  private final String yaml;
  private final Optional<DramPart> part;

  private PresetDescription(String name) {
    this.name = name;
    AcceleratorDocument document = AcceleratorDocument.preset(name);
    this.yaml = document.yaml();
    this.part = document.accelerator().dram().flatMap(Dram::part);
  }

  static PresetDescription of(String preset) {
    return new PresetDescription(preset);
  }

  /** All that is assumed, those of the DRAM last, after its part's name. */
  List<Assumption> assumptions() {
    List<Assumption> all = new ArrayList<>(Assumption.in(yaml));
    part.ifPresent(
        dram ->
            Assumption.in(DramParts.yaml(dram.name())).stream()
                .map(one -> one.of(dram.name()))
                .forEach(all::add));
    return List.copyOf(all);
  }

  /** The preset with other values of an assumption; none if nobody knows any. */
  List<Variation> variations(Assumption assumption) {
    return OtherValues.of(assumption, PresetDescription::coral).stream()
        .map(value -> new Variation(value, () -> with(assumption.path(), value)))
        .toList();
  }

  private Accelerator with(String path, String value) {
    if (part.isPresent() && path.startsWith(part.get().name() + ": ")) {
      return withDram(part.get(), path.substring(path.indexOf(' ') + 1), value);
    }
    ObjectNode root = tree(yaml);
    set(root, path, value);
    if (path.equals(TYPES)) {
      root.remove(MAC_CYCLES); // there is one for each type
    }
    return AcceleratorYaml.read(name + ".yaml", text(root));
  }

  private Accelerator withDram(DramPart dram, String path, String value) {
    ObjectNode root = tree(DramParts.yaml(dram.name()));
    set(root, path, value);
    DramPart other =
        new DramPart(
            dram.name(), DramParts.read(dram.name(), text(root)).withChannels(dram.channels()));
    return with(other, AcceleratorYaml.read(name + ".yaml", yaml));
  }

  /** An accelerator with another DRAM behind the same port: a file can but name one. */
  private static Accelerator with(DramPart part, Accelerator preset) {
    Dram before = preset.dram().orElseThrow();
    return new Accelerator(
        preset.name(),
        preset.description(),
        preset.clockHz(),
        preset.grid(),
        preset.core(),
        preset.peMemory(),
        preset.parameterMemory(),
        preset.vectorUnit(),
        preset.network(),
        Optional.of(new Dram(before.bytesPerSecond(), before.latencyNs(), Optional.of(part))),
        preset.hostLink(),
        preset.invocation(),
        preset.types(),
        preset.macCycles(),
        preset.placement(),
        preset.host(),
        preset.energyTable(),
        preset.energyScale(),
        preset.validated());
  }

  private static void set(ObjectNode root, String path, String value) {
    int dot = path.lastIndexOf('.');
    String pointer = dot < 0 ? "" : "/" + path.substring(0, dot).replace('.', '/');
    if (!(root.at(pointer) instanceof ObjectNode block)) {
      throw new IllegalStateException("no block holds " + path);
    }
    block.set(path.substring(dot + 1), parse(value));
  }

  private static String coral(String path) {
    JsonNode there =
        tree(AcceleratorDocument.preset(CORAL).yaml()).at("/" + path.replace('.', '/'));
    return there.isMissingNode() ? "" : oneLine(there);
  }

  private static ObjectNode tree(String yaml) {
    return (ObjectNode) parse(yaml);
  }

  private static JsonNode parse(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a preset is broken", e);
    }
  }

  private static String text(JsonNode node) {
    try {
      return YAML.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a preset cannot be written", e);
    }
  }

  /** A number, a word or a list of them as a file has it. */
  private static String oneLine(JsonNode node) {
    if (!node.isArray()) {
      return node.asText();
    }
    List<String> parts = new ArrayList<>();
    node.forEach(part -> parts.add(part.asText()));
    return "[" + String.join(", ", parts) + "]";
  }
}
