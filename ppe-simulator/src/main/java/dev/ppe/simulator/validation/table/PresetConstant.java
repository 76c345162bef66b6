package dev.ppe.simulator.validation.table;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorYaml;
import dev.ppe.simulator.hardware.Presets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * One whole number of a preset, which can be changed while all else stays.
 *
 * @param preset whose it is
 * @param path of its key in the YAML file, for example {@code invocation.overhead_ns}
 */
public record PresetConstant(String preset, String path) {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** As the preset has it. */
  public long value() {
    JsonNode node = preset(preset).at(pointer());
    if (!node.isIntegralNumber()) {
      throw new IllegalArgumentException(preset + " has no whole number " + path);
    }
    return node.longValue();
  }

  /** The preset with another value. */
  public Accelerator with(long value) {
    JsonNode root = preset(preset);
    JsonPointer pointer = pointer();
    if (!(root.at(pointer.head()) instanceof ObjectNode parent)) {
      throw new IllegalArgumentException(preset + " has no " + path);
    }
    parent.put(pointer.last().getMatchingProperty(), value);
    try {
      return AcceleratorYaml.read(preset + " with another " + path, YAML.writeValueAsString(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonPointer pointer() {
    return JsonPointer.compile("/" + path.replace('.', '/'));
  }

  private static JsonNode preset(String name) {
    String resource = name + ".yaml";
    try (InputStream in = Presets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no preset " + name);
      }
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
