package dev.ppe.simulator.format.tflite;

import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A stored operator with what its mapping asks for: its operands' shapes and values, its
 * attributes. Every question that has no answer throws {@link IllegalArgumentException} with the
 * reason; the caller names the node.
 */
record OperatorView(StoredOperator stored, Values values) {

  /**
   * What an operator of the file becomes.
   *
   * @param operands indices of the tensors it reads; those folded into attributes are left out
   */
  record Mapped(Operator operator, List<Integer> operands) {}

  /** A mapped operator that reads the operands at {@code positions}. */
  Mapped as(Operator operator, int... positions) {
    List<Integer> operands = new ArrayList<>(positions.length);
    for (int position : positions) {
      operands.add(has(position) ? operand(position) : Node.ABSENT);
    }
    while (!operands.isEmpty() && operands.getLast() == Node.ABSENT) {
      operands.removeLast();
    }
    return new Mapped(operator, operands);
  }

  /** A mapped operator that reads all operands. */
  Mapped withAllOperands(Operator operator) {
    int[] positions = new int[stored.inputs().size()];
    Arrays.setAll(positions, i -> i);
    return as(operator, positions);
  }

  /** The operator as one that is not known in detail. */
  Mapped custom() {
    return withAllOperands(new Operator.Custom(stored.kind()));
  }

  boolean has(int position) {
    return position < stored.inputs().size() && stored.inputs().get(position) != Node.ABSENT;
  }

  /** Whether the operand's name ends so. */
  boolean isNamed(int position, String ending) {
    return has(position) && values.tensor(operand(position)).name().endsWith(ending);
  }

  private int operand(int position) {
    if (!has(position)) {
      throw new IllegalArgumentException("operand " + position + " is missing");
    }
    return values.standIn(stored.inputs().get(position));
  }

  Shape shape(int position) {
    return values.shape(operand(position)).orElseThrow();
  }

  /**
   * The integers of an operand that serves as an attribute, empty if they are computed at run time.
   */
  Optional<List<Integer>> integers(int position) {
    return integers(position, Values.MAX_ATTRIBUTE);
  }

  /** As {@link #integers(int)} for an operand of up to {@code most} elements. */
  Optional<List<Integer>> integers(int position, int most) {
    return values.integers(operand(position), most);
  }

  /** As {@link #integers(int)} for an operand of one element. */
  Optional<Integer> integer(int position) {
    Optional<List<Integer>> all = integers(position);
    if (all.isPresent() && all.get().size() != 1) {
      throw new IllegalArgumentException(
          "operand %d has %d elements, must have one".formatted(position, all.get().size()));
    }
    return all.map(List::getFirst);
  }

  /** The first result as the file declares it. */
  StoredTensor result() {
    if (stored.outputs().isEmpty()) {
      throw new IllegalArgumentException("it has no result");
    }
    return values.tensor(stored.outputs().get(0));
  }

  /** The first result's shape as declared, for attributes that are computed at run time. */
  Shape declared() {
    return result()
        .shape()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "an attribute is computed at run time and the file does not declare the result's shape:"
                        + " convert the model with fixed shapes"));
  }

  /** The attributes, which are a table of the given type of the schema if they are there at all. */
  Options options(int type) {
    if (stored.options().isPresent() && stored.optionsType() != type) {
      throw new IllegalArgumentException(
          "its options are of type %d, must be of type %d".formatted(stored.optionsType(), type));
    }
    return new Options(stored.options());
  }
}
