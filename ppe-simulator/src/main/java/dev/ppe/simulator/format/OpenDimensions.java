package dev.ppe.simulator.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sizes for the dimensions that a model's inputs leave open: by the input and the axis, by the name
 * that the model gives the dimension, or, for the outermost one, the batch size. Remembers which
 * were asked for, to say what did not apply.
 */
public final class OpenDimensions {
  private final ImportOptions options;
  private final Set<String> used = new HashSet<>();
  private boolean batchOpen;

  /** Nothing asked for yet. */
  public OpenDimensions(ImportOptions options) {
    this.options = options;
  }

  /**
   * The size of an open dimension, empty if nobody gave one.
   *
   * @param input the input's name
   * @param axis 0 for the outermost dimension
   * @param symbol the dimension's own name, empty if it has none
   */
  public OptionalInt size(String input, int axis, String symbol) {
    for (String key : List.of(key(input, axis), symbol)) {
      Integer size = options.dimensions().get(key);
      if (size != null) {
        used.add(key);
        return OptionalInt.of(size);
      }
    }
    if (axis == 0) {
      batchOpen = true;
      return OptionalInt.of(options.batch());
    }
    return OptionalInt.empty();
  }

  /** How a size is given for a dimension on the command line. */
  public static String option(String input, int axis, String symbol) {
    return "--dim %s=N".formatted(symbol.isEmpty() ? key(input, axis) : symbol);
  }

  private static String key(String input, int axis) {
    return input + ":" + axis;
  }

  /** What became of the sizes, once all inputs are known: a sentence each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (batchOpen) {
      notes.add("dynamic batch taken as " + options.batch());
    } else if (options.batch() != 1) {
      notes.add("the model fixes its batch: %d does not apply".formatted(options.batch()));
    }
    Set<String> unused = new TreeSet<>(options.dimensions().keySet());
    unused.removeAll(used);
    for (String key : unused) {
      notes.add(
          "no input has an open dimension \"%s\": %d does not apply"
              .formatted(key, options.dimensions().get(key)));
    }
    return notes;
  }
}
