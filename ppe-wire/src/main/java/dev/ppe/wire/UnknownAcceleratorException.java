package dev.ppe.wire;

import dev.ppe.simulator.graph.Spelling;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request for an accelerator by a name that none has. */
public final class UnknownAcceleratorException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_LETTERS = 100;

  UnknownAcceleratorException(String name, List<String> names) {
    super(
        "no accelerator \"%s\"; there are %s%s"
            .formatted(
                shown(name),
                String.join(", ", names),
                nearest(name, names).map("; did you mean %s?"::formatted).orElse("")));
  }

  private static String shown(String name) {
    return name.length() <= MOST_LETTERS ? name : name.substring(0, MOST_LETTERS) + "...";
  }

  /** The one that is a few letters away; names from outside may have any length. */
  private static Optional<String> nearest(String name, List<String> names) {
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    if (plain.length() > MOST_LETTERS) {
      return Optional.empty();
    }
    int tolerance = Math.max(2, plain.length() / 4);
    return names.stream()
        .min(Comparator.comparingInt(known -> Spelling.distance(plain, known)))
        .filter(known -> Spelling.distance(plain, known) <= tolerance);
  }
}
