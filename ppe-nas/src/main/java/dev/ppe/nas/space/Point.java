package dev.ppe.nas.space;

import dev.ppe.nas.expression.Value;
import dev.ppe.nas.expression.Value.Numeric;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One valid assignment of a space: a choice for each parameter that is in use. Points are equal if
 * they are of one space and chose the same.
 */
public final class Point {
  private final Parameters parameters;
  private final int[] choices;

  Point(Parameters parameters, int[] choices) {
    this.parameters = parameters;
    this.choices = choices;
  }

  /** Whether it is of this space. */
  boolean isOf(Parameters space) {
    return parameters == space;
  }

  /**
   * The number of the choice of the parameter at an index of the space's order; negative if that
   * parameter is not in use.
   */
  public int choice(int index) {
    return choices[index];
  }

  int[] copyOfChoices() {
    return choices.clone();
  }

  /** The number of each parameter's choice in order, -1 where it is not in use. */
  public List<Integer> encoding() {
    return Arrays.stream(choices).boxed().toList();
  }

  /** The label of each parameter in use, in order: what a study records. */
  public Map<String, String> assignment() {
    Map<String, String> assignment = new LinkedHashMap<>();
    for (int i = 0; i < choices.length; i++) {
      if (choices[i] != Parameters.NOT_IN_USE) {
        assignment.put(parameters.get(i).name(), parameters.value(i, choices[i]).toString());
      }
    }
    return assignment;
  }

  /** Whether a parameter is in use. */
  public boolean uses(String name) {
    return choices[index(name)] != Parameters.NOT_IN_USE;
  }

  /**
   * The word or number that was chosen, as text.
   *
   * @throws IllegalArgumentException if there is no such parameter, or it is not in use
   */
  public String text(String name) {
    return value(name).toString();
  }

  /** The number that was chosen; errors as {@link #text}, and for words. */
  public double number(String name) {
    if (value(name) instanceof Numeric(double number)) {
      return number;
    }
    throw new IllegalArgumentException(name + " is no number");
  }

  /** The whole number that was chosen; errors as {@link #number}, and for fractions. */
  public int integer(String name) {
    double number = number(name);
    if (number != (int) number) {
      throw new IllegalArgumentException("%s is %s, no whole number".formatted(name, number));
    }
    return (int) number;
  }

  private Value value(String name) {
    int index = index(name);
    if (choices[index] == Parameters.NOT_IN_USE) {
      throw new IllegalArgumentException(name + " is not in use here");
    }
    return parameters.value(index, choices[index]);
  }

  private int index(String name) {
    return parameters
        .index(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no parameter " + name));
  }

  /** The values by name, for expressions: unknown where a parameter is not in use. */
  public Function<String, Value> values() {
    return parameters.names(choices);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Point point
        && parameters == point.parameters
        && Arrays.equals(choices, point.choices);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(choices);
  }

  /** For example {@code stem.kernel=5, g1.b0.kind=fused}. */
  @Override
  public String toString() {
    return assignment().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
