package dev.ppe.simulator.format.onnx;

import java.util.Optional;

/**
 * The elements of a stored value, made of the file's bytes when they are asked for: of most values
 * nobody does, and as numbers they take many times what they take in the file.
 */
@FunctionalInterface
interface Elements {
  /** Too many, or nobody knows. */
  Elements UNKNOWN = Optional::empty;

  /** All of them, if they are few and known. */
  Optional<Constant> read();

  /** Elements that have been computed. */
  static Elements of(Constant constant) {
    return of(Optional.of(constant));
  }

  /** Elements that have been computed, if they could be. */
  static Elements of(Optional<Constant> constant) {
    return () -> constant;
  }
}
