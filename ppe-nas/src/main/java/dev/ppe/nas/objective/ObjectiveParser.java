package dev.ppe.nas.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads objectives as people write them, parts apart by commas:
 *
 * <pre>{@code
 * quality, latency<=900us                 the best quality within a limit
 * quality, latency, energy                a Pareto front of three
 * mnas-soft(latency=1.2ms)                a reward with a target
 * mnas-hard(latency=1.2ms; energy=2mJ)    and with two
 * tunas(latency=1.2ms; weight=-0.07)      its weight, or exponent, given
 * }</pre>
 *
 * <p>Units: us, ms, s; uJ, mJ, J; B, KiB, MiB; k, M, G for counts. Without one, the metric's own.
 */
public final class ObjectiveParser {
  private static final int MAX_LENGTH = 1_000;
  private static final Pattern REWARD = Pattern.compile("([a-z-]+)\\(([^()]*)\\)");
  private static final Pattern LIMIT = Pattern.compile("([a-z-]+)\\s*(<=|>=)\\s*(\\S+)");
  private static final Pattern SETTING = Pattern.compile("([a-z-]+)\\s*=\\s*(\\S+)");
  private static final Pattern QUANTITY =
      Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?)([A-Za-z]*)");

  private static final Map<String, Double> TIMES = Map.of("us", 1.0, "ms", 1e3, "s", 1e6);
  private static final Map<String, Double> ENERGIES = Map.of("uJ", 1.0, "mJ", 1e3, "J", 1e6);
  private static final Map<String, Double> BYTES =
      Map.of("B", 1.0, "bytes", 1.0, "KiB", 1024.0, "MiB", 1048576.0);
  private static final Map<String, Double> COUNTS = Map.of("k", 1e3, "M", 1e6, "G", 1e9);

  private ObjectiveParser() {}

  /**
   * The objective of a text.
   *
   * @throws IllegalArgumentException naming the part that cannot be read
   */
  public static Objective parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "an objective has %d characters, must have %d or less"
              .formatted(text.length(), MAX_LENGTH));
    }
    List<Goal> goals = new ArrayList<>();
    List<Limit> limits = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String trimmed = part.strip();
      Matcher reward = REWARD.matcher(trimmed);
      Matcher limit = LIMIT.matcher(trimmed);
      if (reward.matches()) {
        goals.add(reward(reward.group(1), reward.group(2)));
      } else if (limit.matches()) {
        limits.add(limit(limit));
      } else {
        goals.add(new Goal.Optimize(metric(trimmed)));
      }
    }
    return new Objective(goals, limits);
  }

  private static Limit limit(Matcher parts) {
    Metric metric = metric(parts.group(1));
    String sign = metric.isGain() ? ">=" : "<=";
    if (!parts.group(2).equals(sign)) {
      throw new IllegalArgumentException(
          "%s has a limit %s, must have %s: %s"
              .formatted(
                  metric.word(),
                  parts.group(2),
                  sign,
                  metric.isGain() ? "more is better" : "less is better"));
    }
    return new Limit(metric, quantity(metric, parts.group(3)));
  }

  private static Goal reward(String name, String settings) {
    List<Goal.Target> targets = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    String weight = name.equals("tunas") ? "weight" : "exponent";
    for (String setting : settings.split(";", -1)) {
      Matcher parts = SETTING.matcher(setting.strip());
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "%s has \"%s\", must be like latency=1.2ms or %s=-0.07"
                .formatted(name, setting.strip(), weight));
      }
      if (parts.group(1).equals(weight)) {
        weights.add(number(parts.group(2), Map.of()));
      } else {
        Metric metric = metric(parts.group(1));
        targets.add(new Goal.Target(metric, quantity(metric, parts.group(2))));
      }
    }
    if (weights.size() > 1) {
      throw new IllegalArgumentException("%s has its %s twice".formatted(name, weight));
    }
    return switch (name) {
      case "mnas-soft" -> new Goal.MnasSoft(targets, first(weights, Goal.MnasSoft.EXPONENT));
      case "mnas-hard" -> new Goal.MnasHard(targets, first(weights, Goal.MnasHard.EXPONENT));
      case "tunas" -> new Goal.TunasAbsolute(targets, first(weights, Goal.TunasAbsolute.WEIGHT));
      default ->
          throw new IllegalArgumentException(
              "there is no reward %s, only mnas-soft, mnas-hard and tunas".formatted(name));
    };
  }

  private static double first(List<Double> weights, double otherwise) {
    return weights.isEmpty() ? otherwise : weights.getFirst();
  }

  private static Metric metric(String word) {
    return Metric.of(word.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no metric \"%s\", only %s".formatted(word, Metric.words())));
  }

  private static double quantity(Metric metric, String text) {
    return number(
        text,
        switch (metric) {
          case LATENCY -> TIMES;
          case ENERGY -> ENERGIES;
          case MEMORY, MODEL_SIZE -> BYTES;
          case MACS, PARAMETERS -> COUNTS;
          case QUALITY -> Map.of();
        });
  }

  private static double number(String text, Map<String, Double> units) {
    Matcher parts = QUANTITY.matcher(text);
    if (parts.matches()) {
      Optional<Double> factor =
          parts.group(2).isEmpty()
              ? Optional.of(1.0)
              : Optional.ofNullable(units.get(parts.group(2)));
      if (factor.isPresent()) {
        return Double.parseDouble(parts.group(1)) * factor.get();
      }
    }
    String known = String.join(", ", units.keySet().stream().sorted().toList());
    throw new IllegalArgumentException(
        "\"%s\" is no number%s"
            .formatted(text, units.isEmpty() ? "" : ", with " + known + " behind it or nothing"));
  }
}
