package dev.ppe.nas.vizier;

import dev.ppe.nas.backend.BackendSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may be set of searches on a Vizier server.
 *
 * @param algorithm as Vizier calls it, such as {@code NSGA2}; {@code DEFAULT} is the server's
 *     choice
 * @param owner whose studies they are
 * @param study what the study is called there; empty for a name of its own
 * @param constraints what becomes of suggestions that are no points of the space
 * @param limits what becomes of candidates that exceed limits
 */
public record VizierSettings(
    String algorithm,
    String owner,
    Optional<String> study,
    Constraints constraints,
    Limits limits) {
  /** What becomes of suggestions that break the constraints of the space. */
  public enum Constraints {
    /** They are completed as infeasible, and others are asked for. */
    INFEASIBLE,
    /**
     * Choices that are not allowed are replaced by the nearest ones that are; the server hears what
     * became of the point as if it were what it suggested.
     */
    REPAIR
  }

  /** How the server hears that a candidate exceeds limits. */
  public enum Limits {
    /** As infeasible, which every algorithm understands. */
    INFEASIBLE,
    /** By a safety metric, which only some algorithms do. */
    SAFETY
  }

  /** What the server chooses when it is not told. */
  public static final String DEFAULT_ALGORITHM = "DEFAULT";

  private static final Pattern ALGORITHM = Pattern.compile("[A-Z][A-Z0-9_]{0,59}");
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  public VizierSettings {
    if (!ALGORITHM.matcher(algorithm).matches()) {
      throw new IllegalArgumentException(
          "algorithm of vizier is \"%s\", must be a word such as random-search or NSGA2"
              .formatted(algorithm));
    }
    checkSegment("owner", owner);
    study.ifPresent(name -> checkSegment("study", name));
  }

  /**
   * Settings as people write them: {@code algorithm=random-search} or {@code RANDOM_SEARCH}.
   *
   * @throws IllegalArgumentException naming what there is not, or is out of range
   */
  public static VizierSettings of(Map<String, String> settings) {
    BackendSettings named = new BackendSettings("vizier", settings);
    VizierSettings result =
        new VizierSettings(
            named
                .text("algorithm")
                .map(word -> word.toUpperCase(Locale.ROOT).replace('-', '_'))
                .orElse(DEFAULT_ALGORITHM),
            named.text("owner").orElse("ppe"),
            named.text("study"),
            one(Constraints.values(), "constraints", named),
            one(Limits.values(), "limits", named));
    named.requireAllRead();
    return result;
  }

  private static <E extends Enum<E>> E one(E[] values, String name, BackendSettings settings) {
    Optional<String> word = settings.text(name);
    if (word.isEmpty()) {
      return values[0];
    }
    return Arrays.stream(values)
        .filter(value -> word(value).equals(word.get()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s of vizier is \"%s\", must be one of %s"
                        .formatted(
                            name,
                            word.get(),
                            Arrays.stream(values).map(VizierSettings::word).toList())));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void checkSegment(String what, String name) {
    if (!SEGMENT.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s of vizier is \"%s\", must be 1 to 100 letters, digits and . _ -"
              .formatted(what, name));
    }
  }
}
