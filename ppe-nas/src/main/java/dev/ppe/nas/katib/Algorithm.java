package dev.ppe.nas.katib;

import dev.ppe.foreign.katib.AlgorithmSetting;
import dev.ppe.foreign.katib.Experiment;
import dev.ppe.nas.backend.BackendFactory;
import dev.ppe.nas.backend.LocalBackend;
import dev.ppe.nas.space.SearchSpace;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An experiment's algorithm: a back-end by its name, with {@code ppe-} before it or without, and
 * its settings.
 *
 * @param seed of the experiment: a setting, or else of its name
 */
record Algorithm(BackendFactory factory, Map<String, String> settings, long seed) {
  private static final String PREFIX = "ppe-";
  private static final Set<String> SEEDS = Set.of("seed", "random_state");

  /** Settings that the work of a request grows with. */
  private static final Set<String> SIZES = Set.of("population", "sample");

  private static final int LARGEST = 1_000;

  /** Seeds of requests of one experiment are as far apart as the golden ratio puts them. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  static Algorithm of(Experiment experiment) {
    String name = experiment.getSpec().getAlgorithm().getAlgorithmName();
    String word = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    BackendFactory factory =
        BackendFactory.of(word)
            .filter(each -> !each.isRemote())
            .orElseThrow(
                () ->
                    Refused.invalid(
                        "there is no algorithm \"%.100s\", only %s".formatted(name, words())));
    Map<String, String> settings = new TreeMap<>();
    long seed = experiment.getName().hashCode(); // the same in every Java
    for (AlgorithmSetting setting :
        experiment.getSpec().getAlgorithm().getAlgorithmSettingsList()) {
      if (SEEDS.contains(setting.getName())) {
        seed = number(setting);
      } else if (settings.put(setting.getName(), setting.getValue()) != null) {
        throw Refused.invalid("the setting %.100s is given twice".formatted(setting.getName()));
      }
      if (SIZES.contains(setting.getName()) && number(setting) > LARGEST) {
        throw Refused.tooMuch(setting.getName(), number(setting), LARGEST);
      }
    }
    return new Algorithm(factory, settings, seed);
  }

  private static long number(AlgorithmSetting setting) {
    try {
      return Long.parseLong(setting.getValue());
    } catch (NumberFormatException e) {
      throw Refused.invalid(
          "the setting %.100s is \"%.100s\", must be a whole number"
              .formatted(setting.getName(), setting.getValue()));
    }
  }

  private static String words() {
    return Arrays.stream(BackendFactory.values())
        .filter(each -> !each.isRemote())
        .map(BackendFactory::word)
        .collect(Collectors.joining(", "));
  }

  /**
   * A back-end that has seen nothing yet.
   *
   * @param suggested how many points were suggested before: each request draws others
   */
  LocalBackend backend(SearchSpace space, long suggested) {
    try {
      return factory.create(space, 1, settings, seed + GOLDEN * suggested);
    } catch (IllegalArgumentException e) {
      throw Refused.invalid(String.valueOf(e.getMessage()));
    }
  }
}
