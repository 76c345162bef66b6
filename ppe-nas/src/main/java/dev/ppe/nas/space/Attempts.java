package dev.ppe.nas.space;

import java.util.Optional;
import java.util.function.Supplier;

/** Draws until something valid comes: once, where all constraints are in the diagram. */
final class Attempts {
  private static final int MAX = 100_000;

  private Attempts() {}

  static Point first(Supplier<Optional<Point>> draw) {
    for (int i = 0; i < MAX; i++) {
      Optional<Point> point = draw.get();
      if (point.isPresent()) {
        return point.get();
      }
    }
    throw new IllegalStateException(
        "none of %d points drawn fulfils all constraints of the space: too few do".formatted(MAX));
  }
}
