package dev.ppe.nas.cli;

import dev.ppe.client.cli.UsageException;
import dev.ppe.nas.study.Study;
import dev.ppe.nas.study.Trial;
import dev.ppe.nas.study.Trial.Evaluated;
import dev.ppe.nas.study.Trial.Failed;
import dev.ppe.nas.study.Trial.Suggested;
import java.util.Arrays;
import java.util.List;

/** Trials by their numbers, as options name them: {@code ids=3,17,42}. */
final class TrialIds {
  static final String PREFIX = "ids=";

  /** As many as a command line holds. */
  private static final int MOST = 10_000;

  private TrialIds() {}

  /**
   * The trials, each once, in ascending order.
   *
   * @param option for messages
   * @param text what follows the prefix
   * @throws UsageException if there is no such trial, or it has no figures
   */
  static List<Trial> of(Study study, String option, String text) {
    List<String> words = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (words.size() > MOST) {
      throw new UsageException("%s names more than %d trials".formatted(option, MOST));
    }
    return words.stream()
        .mapToInt(word -> number(option, word))
        .distinct()
        .sorted()
        .mapToObj(number -> evaluated(study, number))
        .toList();
  }

  private static int number(String option, String word) {
    if (!word.matches("[0-9]{1,9}")) {
      throw new UsageException(
          "%s: \"%s\" is no trial: give numbers with commas between them, such as ids=3,17"
              .formatted(option, word));
    }
    return Integer.parseInt(word);
  }

  private static Trial evaluated(Study study, int number) {
    if (number >= study.trials().size()) {
      throw new UsageException(
          study.trials().isEmpty()
              ? "there is no trial %d: the study has none yet".formatted(number)
              : "there is no trial %d, only 0 to %d".formatted(number, study.trials().size() - 1));
    }
    Trial trial = study.trials().get(number);
    return switch (trial.result()) {
      case Evaluated evaluated -> trial;
      case Suggested suggested ->
          throw new UsageException("trial %d is not evaluated yet".formatted(number));
      case Failed(String reason) ->
          throw new UsageException("trial %d failed: %s".formatted(number, reason));
    };
  }
}
