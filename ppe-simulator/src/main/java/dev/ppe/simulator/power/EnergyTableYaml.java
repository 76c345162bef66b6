package dev.ppe.simulator.power;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ppe.simulator.hardware.YamlFaults;
import dev.ppe.simulator.hardware.YamlObject;
import dev.ppe.simulator.power.EnergyTable.Entry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a table of energies from YAML. Each figure has a {@code source}, which begins with its tag,
 * and one of
 *
 * <pre>
 * value: 0.3                           as it is
 * value: 0.01                          as it is at one node, scaled to the table's
 * at_nm: 28                              like a published figure
 * scaled_like: int8_multiply
 * published: [int8_multiply, int32_add]  published figures at the table's node, added up
 * sram_bytes: 16384                      a byte of an on-chip memory of that size
 * </pre>
 */
public final class EnergyTableYaml {
  /** The longest table that is read, in characters. */
  public static final int MAX_LENGTH = 1 << 16;

  private static final List<String> TAGS = List.of("[S]", "[D]", "[M]", "[A]");
  private static final double LARGEST_NODE_NM = 1000;
  private static final int MOST_VERSIONS = 1_000_000;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final PublishedFigures published;
  private final double nodeNm;
  private final SramCurve sram;

  private EnergyTableYaml(PublishedFigures published, double nodeNm) {
    this.published = published;
    this.nodeNm = nodeNm;
    this.sram = SramCurve.at(nodeNm, published);
  }

  /**
   * Reads a table.
   *
   * @param source the file's name, for messages
   * @param yaml the text
   * @throws IllegalArgumentException naming the source, the field and the values it may take
   */
  public static EnergyTable read(String source, String yaml) {
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

  private static EnergyTable read(YamlObject root) {
    String name = root.text("name");
    int version = root.number("version");
    if (version < 1 || version > MOST_VERSIONS) {
      throw new IllegalArgumentException(
          "version is %d, must be between 1 and %d".formatted(version, MOST_VERSIONS));
    }
    double nodeNm = node("node_nm", root.decimal("node_nm"));
    EnergyTableYaml reader = new EnergyTableYaml(PublishedFigures.builtIn(), nodeNm);
    EnergyTable table =
        new EnergyTable(
            name,
            version,
            nodeNm,
            root.text("description"),
            root.object("figures", reader::entries),
            reader.sram);
    root.requireAllRead();
    return table;
  }

  private static double node(String field, double nm) {
    if (!(nm >= 1 && nm <= LARGEST_NODE_NM)) {
      throw new IllegalArgumentException(
          "%s is %s, must be between 1 and %.0f".formatted(field, nm, LARGEST_NODE_NM));
    }
    return nm;
  }

  private Map<Price, Entry> entries(YamlObject figures) {
    Map<Price, Entry> entries = new EnumMap<>(Price.class);
    for (Price price : Price.values()) {
      entries.put(price, figures.object(price.field(), figure -> entry(price, figure)));
    }
    return entries;
  }

  private Entry entry(Price price, YamlObject figure) {
    String object = "figures." + price.field();
    String path = object + ".";
    String source = figure.text("source");
    if (TAGS.stream().noneMatch(tag -> source.startsWith(tag + " "))) {
      throw new IllegalArgumentException(
          "%ssource is \"%s\", must begin with one of %s"
              .formatted(path, source, String.join(", ", TAGS)));
    }
    Optional<Double> value = value(object, figure);
    Optional<Double> sum = figure.optionalTexts("published").map(names -> sum(path, names));
    Optional<Double> memory = figure.optionalDecimal("sram_bytes").map(this::memory);
    List<Double> given = List.of(value, sum, memory).stream().flatMap(Optional::stream).toList();
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          object + " must have one of value, published and sram_bytes");
    }
    return new Entry(given.getFirst(), source);
  }

  private Optional<Double> value(String object, YamlObject figure) {
    String path = object + ".";
    Optional<Double> value = figure.optionalDecimal("value");
    Optional<Double> from = figure.optionalDecimal("at_nm");
    Optional<PublishedFigure> like =
        figure.optionalText("scaled_like").map(name -> published(path + "scaled_like", name));
    if (from.isPresent() != like.isPresent() || (from.isPresent() && value.isEmpty())) {
      throw new IllegalArgumentException(
          object + " must have value, at_nm and scaled_like together, or value alone");
    }
    return value.map(
        at ->
            from.isEmpty()
                ? at
                : at
                    * like.orElseThrow().at(nodeNm)
                    / like.orElseThrow().at(node(path + "at_nm", from.get())));
  }

  private double sum(String path, List<String> names) {
    return names.stream().mapToDouble(name -> published(path + "published", name).at(nodeNm)).sum();
  }

  private double memory(double bytes) {
    return sram.bytePj(Math.max(1, bytes));
  }

  private PublishedFigure published(String field, String name) {
    try {
      return published.get(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + " " + e.getMessage(), e);
    }
  }
}
