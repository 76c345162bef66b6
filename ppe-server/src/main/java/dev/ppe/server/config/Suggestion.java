package dev.ppe.server.config;

import dev.ppe.simulator.graph.Spelling;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody who misspelt a name may have meant. */
final class Suggestion {
  private Suggestion() {}

  /**
   * The name nearest to {@code wrong} by edits of single letters, without regard to case. A section
   * that was left out or is another counts as one edit, as does the end of a name. None if nothing
   * is near.
   */
  static Optional<String> of(String wrong, Collection<String> names) {
    String text = wrong.toLowerCase(Locale.ROOT);
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(text, name)))
        .filter(name -> distance(text, name) <= Math.max(2, text.length() / 3));
  }

  private static int distance(String text, String name) {
    String whole = name.toLowerCase(Locale.ROOT);
    int best = whole.startsWith(text) ? 1 : Spelling.distance(text, whole);
    int section = whole.lastIndexOf('.');
    if (section >= 0) { // as if in the right section, which counts as one mistake
      String last = text.substring(text.lastIndexOf('.') + 1);
      best = Math.min(best, 1 + Spelling.distance(last, whole.substring(section + 1)));
    }
    return best;
  }
}
