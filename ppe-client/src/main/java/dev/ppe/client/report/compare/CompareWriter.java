package dev.ppe.client.report.compare;

/** Prints two answers side by side in one form. */
@FunctionalInterface
public interface CompareWriter {
  /** Prints what changed from the first to the second. */
  void write(Side first, Side second);
}
