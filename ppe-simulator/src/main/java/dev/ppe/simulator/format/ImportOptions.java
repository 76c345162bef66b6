package dev.ppe.simulator.format;

import dev.ppe.simulator.graph.GraphLimits;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What an importer needs to be told.
 *
 * @param limits how large the model may be
 * @param batch the batch size of a model that leaves it open, 1 or more; a model that fixes its
 *     batch keeps it
 * @param dimensions sizes, 1 or more, of other dimensions that a model's inputs leave open: by the
 *     name that it gives the dimension, or by input and axis, {@code image:1}
 * @param folder where the model's file is, to see whether the files it refers to are there; without
 *     one they are taken to be
 */
public record ImportOptions(
    GraphLimits limits, int batch, Map<String, Integer> dimensions, Optional<Path> folder) {
  /** The usual limits and a batch of one. */
  public static final ImportOptions DEFAULT = new ImportOptions(GraphLimits.DEFAULT, 1);

  public ImportOptions {
    requirePositive("batch", batch);
    dimensions = Map.copyOf(dimensions);
    dimensions.forEach((name, size) -> requirePositive("dimension \"" + name + "\"", size));
  }

  /** Options for a model without open dimensions but the batch, and without files beside it. */
  public ImportOptions(GraphLimits limits, int batch) {
    this(limits, batch, Map.of(), Optional.empty());
  }

  private static void requirePositive(String what, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(what + " is " + size + ", must be 1 or more");
    }
  }
}
