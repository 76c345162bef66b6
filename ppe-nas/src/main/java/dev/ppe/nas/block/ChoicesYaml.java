package dev.ppe.nas.block;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Choice lists as a file: for each stage the kinds of blocks, kernels, expansions and group sizes
 * that are worth searching over. {@code ppe nas search --choices FILE} narrows a space to them.
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
        "# Blocks that no other of the same width beats by more than %.0f %% of latency\n"
            .formatted(100 * slack));
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
