package dev.ppe.simulator.zoo;

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
        .map(name -> new Candidate(model.name(), editDistance(plain, name)))
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

  /** Levenshtein's distance: letters inserted, dropped or replaced. */
  private static int editDistance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
