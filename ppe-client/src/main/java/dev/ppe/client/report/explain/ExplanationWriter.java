package dev.ppe.client.report.explain;

/** Prints compilations one after the other. */
public interface ExplanationWriter {
  /** What stands before the first one. */
  default void begin() {}

  /** One compilation. */
  void write(Explained explained);
}
