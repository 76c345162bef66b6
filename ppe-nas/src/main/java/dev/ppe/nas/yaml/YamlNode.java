package dev.ppe.nas.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One value of a YAML text: typed access, with messages that name source, line and path. */
final class YamlNode {
  private static final String USED = " (used in line ";

  private final String source;
  private final String path;
  private final Node node;
  private final Set<String> read = new HashSet<>();

  YamlNode(String source, String path, Node node) {
    this.source = source;
    this.path = path;
    this.node = node;
  }

  /** A message on this value. */
  SpaceFormatException fault(String reason) {
    return new SpaceFormatException(place() + reason);
  }

  /** A message on this value, for what another class found wrong with it. */
  SpaceFormatException fault(IllegalArgumentException cause) {
    return cause instanceof SpaceFormatException told
        ? told
        : new SpaceFormatException(place() + cause.getMessage(), cause);
  }

  /** A message on what this name stands for, with the place where it is used. */
  SpaceFormatException used(SpaceFormatException cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains(USED)
        ? cause
        : new SpaceFormatException(
            "%s%s%d)".formatted(message, USED, node.getStartMark().getLine() + 1), cause);
  }

  private String place() {
    String where = path.isEmpty() ? "" : path + ": ";
    return "%s line %d: %s".formatted(source, node.getStartMark().getLine() + 1, where);
  }

  /** The fields of a mapping in their order. */
  Map<String, YamlNode> fields() {
    if (!(node instanceof MappingNode mapping)) {
      throw fault("must be a mapping of fields");
    }
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw fault("has a field whose name is no word");
      }
      String name = key.getValue();
      YamlNode value =
          new YamlNode(source, path.isEmpty() ? name : path + "." + name, tuple.getValueNode());
      if (fields.put(name, value) != null) {
        throw value.fault("is given twice");
      }
    }
    return fields;
  }

  /** A field that must be there. */
  YamlNode field(String name) {
    return optional(name).orElseThrow(() -> fault(name + " is missing"));
  }

  /** A field that may be left out. */
  Optional<YamlNode> optional(String name) {
    read.add(name);
    return Optional.ofNullable(fields().get(name));
  }

  boolean has(String name) {
    return fields().containsKey(name);
  }

  /** Fails on fields nobody asked for: a misspelt one must not be ignored. */
  void requireAllRead() {
    fields()
        .forEach(
            (name, value) -> {
              if (!read.contains(name)) {
                throw value.fault("is no field of this");
              }
            });
  }

  /** The elements of a list. */
  List<YamlNode> elements() {
    if (!(node instanceof SequenceNode sequence)) {
      throw fault("must be a list");
    }
    List<YamlNode> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(new YamlNode(source, "%s[%d]".formatted(path, elements.size()), element));
    }
    return elements;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** A scalar as it is written. */
  String text() {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isEmpty()) {
      throw fault("must be a word or a number");
    }
    return scalar.getValue();
  }

  /** A whole number of a range. */
  int integer(int min, int max) {
    String text = text();
    if (text.matches("-?[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw fault("is \"%s\", must be a whole number from %d to %d".formatted(text, min, max));
  }

  /** A number; empty if it is a word. */
  Optional<Double> number() {
    String text = text();
    return text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }
}
