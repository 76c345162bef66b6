package dev.ppe.simulator.graph;

import java.util.List;

/**
 * One operator applied to tensors.
 *
 * @param name for people and error messages; need not be unique
 * @param operator what it does
 * @param inputs indices into {@link Graph#tensors()}, in the operator's operand order; {@link
 *     #ABSENT} where an optional operand is left out
 * @param outputs indices into {@link Graph#tensors()}
 */
public record Node(String name, Operator operator, List<Integer> inputs, List<Integer> outputs) {
  /** Stands for an optional operand that is left out. */
  public static final int ABSENT = -1;

  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Whether the operand at {@code position} is there. */
  public boolean hasInput(int position) {
    return position < inputs.size() && inputs.get(position) != ABSENT;
  }
}
