package dev.ppe.client.report.load;

import dev.ppe.client.load.LoadResult;

/** Prints what came of a load. */
public interface LoadWriter {
  /** Prints it, whole. */
  void write(LoadQuestion question, LoadResult result);
}
