package dev.ppe.simulator.hardware;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The value of a field in a YAML file: as what is wanted, or a message that names the field, what
 * it is and what it must be.
 *
 * @param path of the field
 * @param node what stands there
 */
record YamlValue(String path, JsonNode node) {
  String text() {
    if (!node.isTextual()) {
      throw wrong("text");
    }
    return node.textValue();
  }

  long integer() {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong("a whole number");
    }
    return node.longValue();
  }

  int number() {
    long value = integer();
    if (value != (int) value) {
      throw wrong("a whole number below 2^31");
    }
    return (int) value;
  }

  double decimal() {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue()) || node.doubleValue() < 0) {
      throw wrong("a number, 0 or more");
    }
    return node.doubleValue();
  }

  boolean flag() {
    if (!node.isBoolean()) {
      throw wrong("true or false");
    }
    return node.booleanValue();
  }

  <E extends Enum<E>> E choice(Class<E> type) {
    String text = text();
    for (E constant : type.getEnumConstants()) {
      if (spelling(constant).equals(text)) {
        return constant;
      }
    }
    throw wrong(
        "one of "
            + Arrays.stream(type.getEnumConstants())
                .map(YamlValue::spelling)
                .collect(Collectors.joining(", ")));
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  List<String> texts() {
    return list().stream().map(JsonNode::asText).toList();
  }

  List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.canConvertToInt() || !element.isIntegralNumber()) {
        throw wrong("a list of whole numbers below 2^31");
      }
      numbers.add(element.intValue());
    }
    list();
    return numbers;
  }

  /** The elements of a list. */
  List<JsonNode> list() {
    if (!node.isArray()) {
      throw wrong("a list");
    }
    List<JsonNode> elements = new ArrayList<>();
    node.forEach(elements::add);
    return elements;
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException("%s is %s, must be %s".formatted(path, node, wanted));
  }
}
