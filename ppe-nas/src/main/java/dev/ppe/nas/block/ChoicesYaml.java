package dev.ppe.nas.block;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Choice lists as a file: for each stage the kinds of blocks, kernels, expansions and group sizes
 * that are worth searching over. {@code ppe nas spaces NAME --choices FILE} narrows a space to
 * them.
 */
public final class ChoicesYaml {
  private ChoicesYaml() {}

  /**
   * The file.
   *
   * @param accelerator what they were found on
   */
  public static String of(String accelerator, double slack, List<StageChoices> stages) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Blocks that no other of the same width beats by more than %s %% of latency\n"
            .formatted(Math.round(1000 * slack) / 10.0));
    text.append("# with as many parameters, on %s.\n".formatted(accelerator));
    text.append("stages:\n");
    for (StageChoices stage : stages) {
      text.append(
          "  %s: # %2$d x %2$d maps, %3$d of %4$d blocks\n"
              .formatted(stage.stage(), stage.size(), stage.kept().size(), stage.seen()));
      fields(stage)
          .forEach((name, values) -> text.append("    %s: [%s]\n".formatted(name, values)));
    }
    return text.toString();
  }

  /**
   * The lists of a file, by stage and field.
   *
   * @param name of the file, for messages
   * @throws IllegalArgumentException if it is no such file
   */
  public static Map<String, Map<String, List<String>>> read(String name, String text) {
    Object document;
    try {
      document = new Yaml(new SafeConstructor(limits())).load(text);
    } catch (YAMLException e) {
      throw new IllegalArgumentException(
          "%s: %s".formatted(name, String.valueOf(e.getMessage()).replaceAll("\\s+", " ")), e);
    }
    if (!(document instanceof Map<?, ?> top) || !(top.get("stages") instanceof Map<?, ?> stages)) {
      throw new IllegalArgumentException(
          name + ": no choice lists: must have the key stages, with a key for each stage");
    }
    Map<String, Map<String, List<String>>> lists = new LinkedHashMap<>();
    stages.forEach((stage, fields) -> lists.put(String.valueOf(stage), lists(name, stage, fields)));
    return lists;
  }

  private static Map<String, List<String>> lists(String name, Object stage, Object fields) {
    if (!(fields instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("%s: stages.%s has no fields".formatted(name, stage));
    }
    Map<String, List<String>> lists = new LinkedHashMap<>();
    map.forEach(
        (field, values) -> {
          if (!(values instanceof List<?> list)) {
            throw new IllegalArgumentException(
                "%s: stages.%s.%s is no list".formatted(name, stage, field));
          }
          lists.put(String.valueOf(field), list.stream().map(String::valueOf).toList());
        });
    return lists;
  }

  private static LoaderOptions limits() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(1 << 20);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(8);
    return options;
  }

  private static SequencedMap<String, String> fields(StageChoices stage) {
    SequencedMap<String, String> fields = new LinkedHashMap<>();
    fields.put("kind", joined(stage.kinds()));
    fields.put("kernel", joined(stage.kernels()));
    fields.put("expansion", joined(stage.expansions()));
    if (!stage.groupSizes().isEmpty()) {
      fields.put("group_size", joined(stage.groupSizes()));
    }
    return fields;
  }

  private static String joined(Collection<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
