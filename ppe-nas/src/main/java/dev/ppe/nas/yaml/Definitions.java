package dev.ppe.nas.yaml;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Statements with a name, to be used more than once. */
final class Definitions {
  private final Map<String, YamlNode> bodies = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  void add(String name, YamlNode body) {
    if (bodies.put(name, body) != null) {
      throw body.fault("%s is defined twice".formatted(name));
    }
  }

  /** The statements that a name stands for. */
  YamlNode use(YamlNode name) {
    YamlNode body = bodies.get(name.text());
    if (body == null) {
      throw name.fault(
          "nothing is defined as %s before this%s"
              .formatted(
                  name.text(),
                  bodies.isEmpty() ? "" : ", only " + String.join(", ", bodies.keySet())));
    }
    used.add(name.text());
    return body;
  }

  /** Fails on what nobody used: its mistakes would not be seen. */
  void requireAllUsed() {
    bodies.forEach(
        (name, body) -> {
          if (!used.contains(name)) {
            throw body.fault("%s is defined, and never used".formatted(name));
          }
        });
  }
}
