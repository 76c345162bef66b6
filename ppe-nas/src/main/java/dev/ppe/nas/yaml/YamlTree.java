package dev.ppe.nas.yaml;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;

/** The tree of a YAML text, every value with its line. */
final class YamlTree {
  /** Longer texts are refused. */
  static final int MAX_LENGTH = 256 * 1024;

  private static final int MAX_DEPTH = 40;

  private YamlTree() {}

  /**
   * The root of a text's only document.
   *
   * @param source what messages begin with, for example a file's name
   */
  static YamlNode read(String source, String text) {
    if (text.length() > MAX_LENGTH) {
      throw new SpaceFormatException(
          "%s has %d characters, must have %d or less"
              .formatted(source, text.length(), MAX_LENGTH));
    }
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(MAX_LENGTH);
    try {
      refuseAliases(source, text, options);
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        throw new SpaceFormatException(source + " is empty");
      }
      return new YamlNode(source, "", root);
    } catch (MarkedYAMLException e) {
      Optional<Mark> mark = Optional.ofNullable(e.getProblemMark());
      throw new SpaceFormatException(
          "%s line %s: is not YAML: %s"
              .formatted(source, mark.map(m -> m.getLine() + 1).orElse(1), e.getProblem()),
          e);
    } catch (YAMLException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new SpaceFormatException("%s is not YAML: %s".formatted(source, message), e);
    }
  }

  /** Aliases make small texts large, and loops out of trees. */
  private static void refuseAliases(String source, String text, LoaderOptions options) {
    for (Event event : new Yaml(options).parse(new StringReader(text))) {
      if (event instanceof AliasEvent) {
        throw new SpaceFormatException(
            "%s line %d: has an alias (*name), which descriptions may not have"
                .formatted(source, event.getStartMark().getLine() + 1));
      }
    }
  }
}
