package dev.ppe.simulator.zoo;

import dev.ppe.simulator.zoo.classic.Classics;
import dev.ppe.simulator.zoo.classification.Classification;
import dev.ppe.simulator.zoo.detection.Detection;
import dev.ppe.simulator.zoo.language.Language;
import dev.ppe.simulator.zoo.nasbench.NasBench201;
import dev.ppe.simulator.zoo.segmentation.Segmentation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The register of named networks: tasks one after the other, families in order of appearance within
 * each.
 */
public final class Zoo {
  private static final int MOST_SUGGESTIONS = 3;

  private static final List<ZooModel> MODELS =
      Stream.of(
              Classification.models(),
              Classics.models(),
              Detection.models(),
              Segmentation.models(),
              Language.models())
          .flatMap(List::stream)
          .toList();

  private Zoo() {}

  /** All networks, in a fixed order. Building one is left until its graph is asked for. */
  public static List<ZooModel> models() {
    return MODELS;
  }

  /** The network of this name or alias, which may also be one of {@link NasBench201}. */
  public static Optional<ZooModel> find(String name) {
    return MODELS.stream()
        .filter(model -> model.answersTo(name))
        .findFirst()
        .or(() -> NasBench201.find(name));
  }

  /** Up to three names that a misspelt {@code name} may stand for, likeliest first. */
  public static List<String> suggest(String name) {
    record Candidate(String name, int distance) {}
    int tolerance = Math.max(2, name.length() / 4);
    return MODELS.stream()
        // Also keeps a name of any length from costing its square.
        .filter(model -> Math.abs(model.name().length() - name.length()) <= tolerance)
        .map(model -> new Candidate(model.name(), editDistance(name, model.name())))
        .filter(candidate -> candidate.distance() <= tolerance)
        .sorted(Comparator.comparingInt(Candidate::distance))
        .limit(MOST_SUGGESTIONS)
        .map(Candidate::name)
        .toList();
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
