package dev.ppe.client.cli;

import dev.ppe.client.PpeClient;
import dev.ppe.client.PpeException;
import dev.ppe.simulator.hardware.AcceleratorDocument;
import dev.ppe.simulator.hardware.AcceleratorYaml;
import dev.ppe.simulator.power.EnergyTables;
import dev.ppe.v1.Accelerator;
import dev.ppe.v1.EstimateRequest;
import dev.ppe.wire.AcceleratorCodec;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An accelerator of the command line: a name, or a YAML file, which has an ending or a folder. */
public final class AcceleratorArgument {
  private static final int MOST_BYTES_OF_A_CHARACTER = 4;

  private AcceleratorArgument() {}

  /** Puts it into a request. */
  public static void set(String text, EstimateRequest.Builder request) {
    if (isFile(text)) {
      request.setAcceleratorSpec(AcceleratorCodec.encode(file(text).accelerator()));
    } else {
      request.setAcceleratorName(text);
    }
  }

  /**
   * The description of the accelerator that a request is about.
   *
   * @throws UsageException if it names one that there is not
   */
  public static Accelerator described(PpeClient client, EstimateRequest request) {
    if (request.hasAcceleratorSpec()) {
      return request.getAcceleratorSpec();
    }
    return named(client, request.getAcceleratorName());
  }

  /**
   * The description of an accelerator that has a name; of the default one where it is empty.
   *
   * @throws UsageException if there is none of that name
   */
  static Accelerator named(PpeClient client, String name) {
    try {
      return client.getAccelerator(name);
    } catch (PpeException e) {
      if (e.code() == Code.NOT_FOUND) {
        throw new UsageException(e.getMessage());
      }
      throw e;
    }
  }

  /** Whether a file is meant, and not a name. */
  static boolean isFile(String text) {
    if (text.isBlank()) {
      throw new UsageException("--accelerator is empty; give a name or a FILE.yaml");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yaml") || lower.endsWith(".yml") || text.contains("/");
  }

  /**
   * A file, as it was written.
   *
   * @throws UsageException if there is none, or it is no description
   */
  static AcceleratorDocument file(String text) {
    try {
      byte[] yaml = BoundedFile.read(text, AcceleratorYaml.MAX_LENGTH * MOST_BYTES_OF_A_CHARACTER);
      AcceleratorDocument document =
          new AcceleratorDocument(text, new String(yaml, StandardCharsets.UTF_8));
      requireEnergyTable(text, document.accelerator().energyTable());
      return document;
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
