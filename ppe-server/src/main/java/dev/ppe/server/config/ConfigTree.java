package dev.ppe.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;

/**
 * The configuration as a tree of fields. It begins with the defaults of all fields that there are,
 * and each source is laid over it: a field that has no default is a mistake.
 */
public final class ConfigTree {
  private final ObjectNode fields;

  private ConfigTree(ObjectNode fields) {
    this.fields = fields;
  }

  /** A tree of the fields that there are, with their defaults. */
  public static ConfigTree of(ObjectNode defaults) {
    return new ConfigTree(defaults.deepCopy());
  }

  /** The fields with the values that were laid over last. */
  public ObjectNode fields() {
    return fields;
  }

  /**
   * Lays the fields of {@code source} over those that are there.
   *
   * @throws IllegalArgumentException if there is no such field, with the one that may be meant
   */
  public void overlay(ObjectNode source) {
    overlay("", fields, source);
  }

  private void overlay(String path, ObjectNode target, ObjectNode source) {
    for (Entry<String, JsonNode> field : source.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      JsonNode former = target.get(name);
      if (former == null) {
        throw unknown(path + name);
      }
      if (former instanceof ObjectNode section) {
        if (!(value instanceof ObjectNode given)) {
          throw new IllegalArgumentException(
              "%s%s is %s, must be a mapping of fields".formatted(path, name, value));
        }
        overlay(path + name + ".", section, given);
      } else {
        target.set(name, value);
      }
    }
  }

  /**
   * Gives one field another value.
   *
   * @param path its name, with those of its sections before it, divided by dots
   */
  public void set(String path, JsonNode value) {
    ObjectNode section = fields;
    String name = path;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.')) {
      if (!(section.get(name.substring(0, dot)) instanceof ObjectNode inner)) {
        throw unknown(path);
      }
      section = inner;
      name = name.substring(dot + 1);
    }
    if (!section.has(name)) {
      throw unknown(path);
    }
    section.set(name, value);
  }

  /** The value of a field. */
  JsonNode get(String path) {
    return fields.at("/" + path.replace('.', '/'));
  }

  /** The paths of all fields that hold a value, in their order. */
  public List<String> paths() {
    List<String> paths = new ArrayList<>();
    collect("", fields, paths);
    return paths;
  }

  private static void collect(String path, ObjectNode section, List<String> paths) {
    for (Entry<String, JsonNode> field : section.properties()) {
      if (field.getValue() instanceof ObjectNode inner) {
        collect(path + field.getKey() + ".", inner, paths);
      } else {
        paths.add(path + field.getKey());
      }
    }
  }

  private IllegalArgumentException unknown(String path) {
    Optional<String> meant = Suggestion.of(path, paths());
    return new IllegalArgumentException(
        "%s is no field of the configuration%s"
            .formatted(path, meant.map("; did you mean %s?"::formatted).orElse("")));
  }
}
