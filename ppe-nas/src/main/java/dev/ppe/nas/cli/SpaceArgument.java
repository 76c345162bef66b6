package dev.ppe.nas.cli;

import dev.ppe.client.cli.BoundedFile;
import dev.ppe.client.cli.UnreadableException;
import dev.ppe.client.cli.UsageException;
import dev.ppe.client.terminal.Nearest;
import dev.ppe.nas.block.ChoicesYaml;
import dev.ppe.nas.block.NarrowedSpace;
import dev.ppe.nas.spaces.Spaces;
import dev.ppe.nas.topology.ModelSpace;
import dev.ppe.nas.yaml.SpaceReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A space of the command line: a name, or a YAML file, which has an ending or a folder.
 *
 * @param text the whole description
 * @param space what it describes
 */
record SpaceArgument(String text, ModelSpace space) {
  private static final int MAX_BYTES = 1 << 20;

  /**
   * The space of an argument.
   *
   * @throws UsageException if there is none, or it cannot be read
   */
  static SpaceArgument of(String argument) {
    if (Spaces.NAMES.contains(argument)) {
      return new SpaceArgument(Spaces.text(argument), Spaces.find(argument).orElseThrow());
    }
    if (!isFile(argument)) {
      throw new UsageException(
          "there is no space \"%s\"; %s, or give a FILE.yaml"
              .formatted(argument, Nearest.hint(argument, Spaces.NAMES)));
    }
    try {
      String text = new String(BoundedFile.read(argument, MAX_BYTES), StandardCharsets.UTF_8);
      return new SpaceArgument(text, SpaceReader.read(argument, text));
    } catch (UnreadableException e) {
      throw new UsageException("%s: %s".formatted(argument, e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * This space with the choice lists of a file.
   *
   * @throws UsageException if the file cannot be read, or does not fit
   */
  SpaceArgument narrowed(Path choices) {
    String file = choices.toString();
    try {
      String lists = new String(BoundedFile.read(file, MAX_BYTES), StandardCharsets.UTF_8);
      String narrowed = NarrowedSpace.of(space.name(), text, space, ChoicesYaml.read(file, lists));
      return new SpaceArgument(narrowed, SpaceReader.read(space.name(), narrowed));
    } catch (UnreadableException e) {
      throw new UsageException("%s: %s".formatted(file, e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isFile(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yaml") || lower.endsWith(".yml") || text.contains("/");
  }
}
