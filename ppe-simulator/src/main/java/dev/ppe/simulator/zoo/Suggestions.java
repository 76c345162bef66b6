package dev.ppe.simulator.zoo;

import dev.ppe.simulator.graph.Spelling;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Names that somebody may have meant: those a few letters away, and those that begin with what was
 * written. Case and punctuation do not count: {@code MobileNet-V2} is {@code mobilenet_v2}.
 */
final class Suggestions {
  private static final int MOST = 3;

  /** Shorter beginnings fit too many names. */
  private static final int SHORTEST_BEGINNING = 3;

  private record Candidate(String name, int distance) {}

  private Suggestions() {}

  /** Up to three models that {@code written} may stand for, likeliest first. */
  static List<String> of(String written, List<ZooModel> models) {
    String plain = plain(written);
    int tolerance = Math.max(2, plain.length() / 4);
    Stream<Candidate> near =
        models.stream()
            .flatMap(model -> near(plain, model, tolerance))
            .sorted(Comparator.comparingInt(Candidate::distance));
    return Stream.concat(near.map(Candidate::name), longer(plain, models))
        .distinct()
        .limit(MOST)
        .toList();
  }

  /** The model, once for each of its names that is near. */
  private static Stream<Candidate> near(String plain, ZooModel model, int tolerance) {
    return Stream.concat(Stream.of(model.name()), model.aliases().stream())
        .map(Suggestions::plain)
        // Also keeps a name of any length from costing its square.
        .filter(name -> Math.abs(name.length() - plain.length()) <= tolerance)
        .map(name -> new Candidate(model.name(), Spelling.distance(plain, name)))
        .filter(candidate -> candidate.distance() <= tolerance);
  }

  /** The shortest names that begin like this. */
  private static Stream<String> longer(String plain, List<ZooModel> models) {
    return models.stream()
        .map(ZooModel::name)
        .filter(name -> plain.length() >= SHORTEST_BEGINNING && plain(name).startsWith(plain))
        .sorted(Comparator.comparingInt(String::length));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
  }
}
