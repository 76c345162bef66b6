package dev.ppe.simulator.format.tflite;

import java.util.List;
import java.util.Optional;

/**
 * An operator as the file describes it.
 *
 * @param index its place in the file's list
 * @param label its node's name: what its first result is called
 * @param builtin which operator, empty for custom ones and those newer than the schema known here
 * @param kind the operator's name: {@code CONV_2D}, or a custom one's own
 * @param inputs indices of tensors, -1 for an optional operand that is left out
 * @param outputs indices of tensors
 * @param optionsType which table {@code options} is
 * @param options its attributes
 */
record StoredOperator(
    int index,
    String label,
    Optional<BuiltinOperator> builtin,
    String kind,
    List<Integer> inputs,
    List<Integer> outputs,
    int optionsType,
    Optional<FlatTable> options) {

  /** How messages name it, the way {@code GraphException.nodeAt} does. */
  String place() {
    return "node %d \"%s\" (%s)".formatted(index, label, kind);
  }
}
