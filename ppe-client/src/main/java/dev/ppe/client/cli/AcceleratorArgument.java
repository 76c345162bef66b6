package dev.ppe.client.cli;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.AcceleratorYaml;
import dev.ppe.simulator.power.EnergyTables;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.AcceleratorCodec;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An accelerator of the command line: a name, or a YAML file, which has an ending or a folder. */
final class AcceleratorArgument {
  private static final int MOST_BYTES_OF_A_CHARACTER = 4;

  private AcceleratorArgument() {}

  /** Puts it into a request. */
  static void set(String text, EstimateRequest.Builder request) {
    if (text.isBlank()) {
      throw new UsageException("--accelerator is empty; give a name or a FILE.yaml");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.endsWith(".yaml") && !lower.endsWith(".yml") && !text.contains("/")) {
      request.setAcceleratorName(text);
      return;
    }
    try {
      byte[] yaml = BoundedFile.read(text, AcceleratorYaml.MAX_LENGTH * MOST_BYTES_OF_A_CHARACTER);
      Accelerator accelerator =
          AcceleratorYaml.read(text, new String(yaml, StandardCharsets.UTF_8));
      requireEnergyTable(text, accelerator.energyTable());
      request.setAcceleratorSpec(AcceleratorCodec.encode(accelerator));
    } catch (UnreadableException e) {
      throw new UsageException(text + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** The description names a table of prices without knowing which there are. */
  private static void requireEnergyTable(String source, String name) {
    if (!EnergyTables.names().contains(name)) {
      throw new UsageException(
          "%s: energy_table is \"%s\", must be one of %s"
              .formatted(source, name, String.join(", ", EnergyTables.names())));
    }
  }
}
