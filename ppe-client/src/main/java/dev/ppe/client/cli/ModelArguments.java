package dev.ppe.client.cli;

import dev.ppe.simulator.zoo.nasbench.NasBench201;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Names for the models of a command line: a file's name without folder and ending, or the whole
 * argument where that would give two the same name.
 */
final class ModelArguments {
  private ModelArguments() {}

  /**
   * The models, in the order given.
   *
   * @throws UsageException if an argument is empty, as unset variables of a shell are
   */
  static List<ModelArgument> of(List<String> arguments) {
    if (arguments.stream().anyMatch(String::isBlank)) {
      throw new UsageException("a MODEL is empty; give a file or the name of a built-in network");
    }
    Map<String, Long> named =
        arguments.stream()
            .distinct()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Map<String, Long> stems =
        named.keySet().stream()
            .collect(Collectors.groupingBy(ModelArguments::stem, Collectors.counting()));
    return arguments.stream()
        .map(
            text ->
                new ModelArgument(
                    text, stems.getOrDefault(stem(text), 0L) == 1 ? stem(text) : text))
        .toList();
  }

  /** Endings begin with a letter: {@code mobilenet_v2_1.0} has none. */
  private static String stem(String text) {
    if (NasBench201.isMeantBy(text)) {
      return text; // the slashes are its own
    }
    String file = text.substring(text.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    boolean ending = dot > 0 && dot + 1 < file.length() && Character.isLetter(file.charAt(dot + 1));
    return ending ? file.substring(0, dot) : file;
  }
}
