package dev.ppe.client.terminal;

import dev.ppe.simulator.graph.Spelling;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says which names there are, and first of all those that somebody may have meant. */
public final class Nearest {
  private static final int MOST_MEANT = 3;
  private static final int LONGEST = 100;

  private Nearest() {}

  /** For example {@code did you mean fbnet?}, or all names. */
  public static String hint(String written, List<String> names) {
    String plain = plain(written);
    int tolerance = Math.max(2, plain.length() / 4);
    List<String> meant =
        names.stream()
            .filter(name -> isNear(plain, plain(name), tolerance))
            .sorted(Comparator.comparingInt(name -> Spelling.distance(plain, plain(name))))
            .limit(MOST_MEANT)
            .toList();
    return meant.isEmpty()
        ? "there are " + String.join(", ", names)
        : "did you mean " + String.join(" or ", meant) + "?";
  }

  private static boolean isNear(String written, String name, int tolerance) {
    return written.length() <= LONGEST
        && (Spelling.distance(written, name) <= tolerance
            || (written.length() > 2 && name.startsWith(written)));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
