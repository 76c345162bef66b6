package dev.ppe.simulator.format;

import dev.ppe.simulator.graph.GraphLimits;

/**
 * What an importer needs to be told.
 *
 * @param limits how large the model may be
 * @param batch the batch size of a model that leaves it open, 1 or more; a model that fixes its
 *     batch keeps it
 */
public record ImportOptions(GraphLimits limits, int batch) {
  /** The usual limits and a batch of one. */
  public static final ImportOptions DEFAULT = new ImportOptions(GraphLimits.DEFAULT, 1);

  public ImportOptions {
    if (batch < 1) {
      throw new IllegalArgumentException("batch is " + batch + ", must be 1 or more");
    }
  }
}
