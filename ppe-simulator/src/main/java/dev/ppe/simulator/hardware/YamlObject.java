package dev.ppe.simulator.hardware;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One mapping of a YAML file: typed access to its fields, with messages that name the whole path.
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

  private JsonNode field(String name) {
    read.add(name);
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException(path + name + " is missing");
    }
    return value;
  }

  public String text(String name) {
    JsonNode value = field(name);
    if (!value.isTextual()) {
      throw wrong(name, "text");
    }
    return value.textValue();
  }

  public long integer(String name) {
    JsonNode value = field(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, "a whole number");
    }
    return value.longValue();
  }

  /**
   * A number of 0 or more.
   *
   * @throws IllegalArgumentException if it is missing, no number, or negative
   */
  public double decimal(String name) {
    JsonNode value = field(name);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue()) || value.doubleValue() < 0) {
      throw wrong(name, "a number, 0 or more");
    }
    return value.doubleValue();
  }

  /** A number of 0 or more that may be left out. */
  public Optional<Double> optionalDecimal(String name) {
    return node.has(name) ? Optional.of(decimal(name)) : Optional.empty();
  }

  /** A whole number that may be left out. */
  public Optional<Long> optionalInteger(String name) {
    return node.has(name) ? Optional.of(integer(name)) : Optional.empty();
  }

  /** A choice of two that may be left out. */
  public Optional<Boolean> optionalFlag(String name) {
    return node.has(name) ? Optional.of(flag(name)) : Optional.empty();
  }

  /** A text that may be left out. */
  public Optional<String> optionalText(String name) {
    return node.has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** A list of texts that may be left out. */
  public Optional<List<String>> optionalTexts(String name) {
    return node.has(name) ? Optional.of(texts(name)) : Optional.empty();
  }

  /** Names of all fields, in the order of the text. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  public int number(String name) {
    long value = integer(name);
    if (value != (int) value) {
      throw wrong(name, "a whole number below 2^31");
    }
    return (int) value;
  }

  public boolean flag(String name) {
    JsonNode value = field(name);
    if (!value.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return value.booleanValue();
  }

  /** One of the constants of an enumeration, in small letters with hyphens. */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    String text = text(name);
    for (E constant : type.getEnumConstants()) {
      if (spelling(constant).equals(text)) {
        return constant;
      }
    }
    throw wrong(
        name,
        "one of "
            + Arrays.stream(type.getEnumConstants())
                .map(YamlObject::spelling)
                .collect(Collectors.joining(", ")));
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public List<String> texts(String name) {
    JsonNode value = field(name);
    List<String> result = new ArrayList<>();
    for (JsonNode element : value) {
      result.add(element.asText());
    }
    if (!value.isArray()) {
      throw wrong(name, "a list");
    }
    return result;
  }

  /** A list of mappings. */
  public <T> List<T> objects(String name, Function<YamlObject, T> reader) {
    JsonNode value = field(name);
    if (!value.isArray()) {
      throw wrong(name, "a list");
    }
    List<T> result = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      YamlObject object = new YamlObject("%s%s[%d].".formatted(path, name, i), value.get(i));
      result.add(reader.apply(object));
      object.requireAllRead();
    }
    return result;
  }

  /** Whole numbers; none where the field is left out. */
  public List<Integer> numbers(String name) {
    List<Integer> result = new ArrayList<>();
    if (node.has(name)) {
      JsonNode value = field(name);
      for (JsonNode element : value) {
        if (!element.canConvertToInt() || !element.isIntegralNumber()) {
          throw wrong(name, "a list of whole numbers below 2^31");
        }
        result.add(element.intValue());
      }
      if (!value.isArray()) {
        throw wrong(name, "a list");
      }
    }
    return result;
  }

  public <T> T object(String name, Function<YamlObject, T> reader) {
    YamlObject object = new YamlObject(path + name + ".", field(name));
    T result = reader.apply(object);
    object.requireAllRead();
    return result;
  }

  /** A number that may be left out. */
  public OptionalInt optionalNumber(String name) {
    return node.has(name) ? OptionalInt.of(number(name)) : OptionalInt.empty();
  }

  public <T> Optional<T> optional(String name, Function<YamlObject, T> reader) {
    return node.has(name) ? Optional.of(object(name, reader)) : Optional.empty();
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

  private IllegalArgumentException wrong(String name, String wanted) {
    return new IllegalArgumentException(
        "%s%s is %s, must be %s".formatted(path, name, node.get(name), wanted));
  }
}
