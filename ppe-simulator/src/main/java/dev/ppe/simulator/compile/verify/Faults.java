package dev.ppe.simulator.compile.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what does not hold; the first few in words, the others as a number. */
final class Faults {
  private static final int MOST = 8;

  private final List<String> found = new ArrayList<>();
  private int others;

  /** Takes note if {@code holds} is false. */
  void unless(boolean holds, Supplier<String> fault) {
    if (holds) {
      return;
    }
    if (found.size() < MOST) {
      found.add(fault.get());
    } else {
      others++;
    }
  }

  /** Takes note if two figures differ. */
  void unlessEqual(long found, long expected, Supplier<String> what) {
    unless(found == expected, () -> "%s: %d instead of %d".formatted(what.get(), found, expected));
  }

  List<String> found() {
    List<String> all = new ArrayList<>(found);
    if (others > 0) {
      all.add("and %d more".formatted(others));
    }
    return List.copyOf(all);
  }
}
