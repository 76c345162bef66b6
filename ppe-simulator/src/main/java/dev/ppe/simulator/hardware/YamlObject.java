package dev.ppe.simulator.hardware;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * One mapping of a YAML file: typed access to its fields, with messages that name the whole path
 * ({@link YamlValue}).
 */
public final class YamlObject {
  private final String path;
  private final JsonNode node;
  private final Set<String> read = new HashSet<>();

  private YamlObject(String path, JsonNode node) {
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          (path.isEmpty() ? "the document" : path.substring(0, path.length() - 1))
              + " must be a mapping of fields");
    }
  }

  public static YamlObject root(JsonNode node) {
    return new YamlObject("", node);
  }

  private YamlValue field(String name) {
    read.add(name);
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException(path + name + " is missing");
    }
    return new YamlValue(path + name, value);
  }

  private <T> Optional<T> given(String name, Function<String, T> reader) {
    return node.has(name) ? Optional.of(reader.apply(name)) : Optional.empty();
  }

  /** Names of all fields, in the order of the text. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  public String text(String name) {
    return field(name).text();
  }

  /** A text that may be left out. */
  public Optional<String> optionalText(String name) {
    return given(name, this::text);
  }

  public List<String> texts(String name) {
    return field(name).texts();
  }

  /** A list of texts that may be left out. */
  public Optional<List<String>> optionalTexts(String name) {
    return given(name, this::texts);
  }

  public long integer(String name) {
    return field(name).integer();
  }

  /** A whole number that may be left out. */
  public Optional<Long> optionalInteger(String name) {
    return given(name, this::integer);
  }

  public int number(String name) {
    return field(name).number();
  }

  /** A number that may be left out. */
  public OptionalInt optionalNumber(String name) {
    return node.has(name) ? OptionalInt.of(number(name)) : OptionalInt.empty();
  }

  /** Whole numbers; none where the field is left out. */
  public List<Integer> numbers(String name) {
    return node.has(name) ? field(name).numbers() : List.of();
  }

  /**
   * A number of 0 or more.
   *
   * @throws IllegalArgumentException if it is missing, no number, or negative
   */
  public double decimal(String name) {
    return field(name).decimal();
  }

  /** A number of 0 or more that may be left out. */
  public Optional<Double> optionalDecimal(String name) {
    return given(name, this::decimal);
  }

  public boolean flag(String name) {
    return field(name).flag();
  }

  /** A choice of two that may be left out. */
  public Optional<Boolean> optionalFlag(String name) {
    return given(name, this::flag);
  }

  /** One of the constants of an enumeration, in small letters with hyphens. */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    return field(name).choice(type);
  }

  public <T> T object(String name, Function<YamlObject, T> reader) {
    return nested(path + name + ".", field(name).node(), reader);
  }

  public <T> Optional<T> optional(String name, Function<YamlObject, T> reader) {
    return given(name, field -> object(field, reader));
  }

  /** A list of mappings. */
  public <T> List<T> objects(String name, Function<YamlObject, T> reader) {
    List<JsonNode> elements = field(name).list();
    List<T> result = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      result.add(nested("%s%s[%d].".formatted(path, name, i), elements.get(i), reader));
    }
    return result;
  }

  private static <T> T nested(String path, JsonNode node, Function<YamlObject, T> reader) {
    YamlObject object = new YamlObject(path, node);
    T result = reader.apply(object);
    object.requireAllRead();
    return result;
  }

  /** Fails on fields nobody asked for: a misspelt one must not be ignored. */
  public void requireAllRead() {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!read.contains(name)) {
                throw new IllegalArgumentException(
                    path + name + " is no field of this description");
              }
            });
  }
}
