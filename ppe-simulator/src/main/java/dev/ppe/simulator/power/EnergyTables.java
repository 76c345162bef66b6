package dev.ppe.simulator.power;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.simulator.hardware.YamlObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

  private static EnergyTable load(String name) {
    String resource = name + ".yaml";
    try (InputStream in = EnergyTables.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      YamlObject root = YamlObject.root(new YAMLMapper().readTree(in));
      EnergyTable table =
          new EnergyTable(
              root.decimal("mac_pj"),
              root.decimal("vector_operation_pj"),
              root.decimal("pe_memory_byte_pj"),
              root.decimal("parameter_byte_pj"),
              root.decimal("network_byte_pj"),
              root.decimal("dram_byte_pj"),
              root.decimal("host_link_byte_pj"),
              root.decimal("static_mw"));
      root.requireAllRead();
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
