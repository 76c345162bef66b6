package dev.ppe.simulator.dram;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The parts that come with the simulator: data sheets as YAML beside this package, each figure with
 * its source.
 */
public final class DramParts {
  private static final List<String> NAMES = List.of("lpddr4-4266", "lpddr5-6400");

  private static final ObjectReader READER =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build()
          .readerFor(DramTiming.class);

  private static final Map<String, DramTiming> LOADED = new ConcurrentHashMap<>();

  private DramParts() {}

  /** Names of all parts, in alphabetical order. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The part of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DramTiming get(String name) {
    require(name);
    return LOADED.computeIfAbsent(name, DramParts::load);
  }

  private static DramTiming load(String name) {
    try {
      return read(name, yaml(name));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("a DRAM part is broken", e);
    }
  }

  /**
   * The data sheet of the part of that name, as it was written.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static String yaml(String name) {
    require(name);
    try (InputStream yaml = DramParts.class.getResourceAsStream(name + ".yaml")) {
      if (yaml == null) {
        throw new IllegalStateException("resource " + name + ".yaml is missing");
      }
      return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a data sheet.
   *
   * @param name the part's, for messages
   * @throws IllegalArgumentException naming the field that is missing or out of its range
   */
  public static DramTiming read(String name, String yaml) {
    try {
      return READER.readValue(yaml);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(name + ".yaml: " + e.getOriginalMessage(), e);
    }
  }

  private static void require(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "no DRAM part is called %s, there are %s".formatted(name, String.join(", ", NAMES)));
    }
  }
}
