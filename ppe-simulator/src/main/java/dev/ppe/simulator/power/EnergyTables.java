package dev.ppe.simulator.power;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tables that come with the simulator, each a YAML resource beside this class. */
public final class EnergyTables {
  private static final List<String> NAMES = List.of("coral-28nm", "mobile-5nm", "unpriced");

  private static final Map<String, EnergyTable> LOADED = new ConcurrentHashMap<>();

  private EnergyTables() {}

  /** What they are called. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The table of that name.
   *
   * @throws IllegalArgumentException listing the names there are
   */
  public static EnergyTable get(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "energy_table names \"%s\"; there are %s".formatted(name, String.join(", ", NAMES)));
    }
    return LOADED.computeIfAbsent(name, EnergyTables::load);
  }

  /** The text of the table of that name. */
  static String yaml(String name) {
    String resource = name + ".yaml";
    try (InputStream in = EnergyTables.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EnergyTable load(String name) {
    return EnergyTableYaml.read(name + ".yaml", yaml(name));
  }
}
