package dev.ppe.simulator.format.onnx.file;

/** A declared dimension. */
public sealed interface Dimension {
  /** A size. */
  record Fixed(int size) implements Dimension {}

  /**
   * Left open.
   *
   * @param symbol its name, empty if it has none; equal names stand for equal sizes
   */
  record Open(String symbol) implements Dimension {}
}
