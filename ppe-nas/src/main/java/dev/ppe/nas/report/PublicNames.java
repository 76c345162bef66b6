package dev.ppe.nas.report;

import dev.ppe.nas.study.CostDefinition;
import dev.ppe.nas.study.QualityDefinition;
import dev.ppe.nas.study.Study;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names as those may see them who get a report: without the folders of this machine. */
public final class PublicNames {
  /** The folders of an absolute path, which begins a word or follows an option's sign. */
  private static final Pattern FOLDERS = Pattern.compile("(^|[=:,])/(?:[^/]*/)*");

  private PublicNames() {}

  /** The file of a study. */
  public static String of(Study study) {
    return last(study.name());
  }

  /** Where its qualities come from. */
  public static String of(QualityDefinition quality) {
    return switch (quality) {
      case QualityDefinition.None none -> none.label();
      case QualityDefinition.Proxy proxy -> proxy.label();
      case QualityDefinition.Table table -> "table " + last(table.name());
      case QualityDefinition.Command command ->
          command.words().stream()
              .map(word -> FOLDERS.matcher(word).replaceAll("$1"))
              .collect(Collectors.joining(" ", "command ", ""));
    };
  }

  /** The model that predicts its costs. */
  static String of(CostDefinition.Learned costs) {
    return new CostDefinition.Learned(last(costs.name()), costs.text()).label();
  }

  /** The last part of a path, and any other text as it is. */
  public static String last(String text) {
    return text.substring(text.lastIndexOf('/') + 1);
  }
}
