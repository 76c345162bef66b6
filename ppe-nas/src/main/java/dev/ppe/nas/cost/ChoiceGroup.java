package dev.ppe.nas.cost;

import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.Point;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Parameters that together decide on a part of the cost, such as a block's own and those that its
 * input's channels follow from: the Kronecker product of their one-hot vectors, as in TuNAS. Each
 * combination of choices has a code, a number with a digit for each parameter; the digit of one
 * that may not be in use is 0 then, and one more than the choice otherwise.
 */
final class ChoiceGroup {
  /** A group of more combinations would have more weights than there are samples. */
  static final int MAX_SIZE = 20_000;

  private final String name;
  private final int[] parameters;
  private final int[] bases;
  private final int[] shifts;
  private final int[] strides;
  private final int size;

  private ChoiceGroup(String name, int[] parameters, List<Parameter> space) {
    this.name = name;
    this.parameters = parameters;
    bases = new int[parameters.length];
    shifts = new int[parameters.length];
    strides = new int[parameters.length];
    int stride = 1;
    for (int i = parameters.length - 1; i >= 0; i--) {
      Parameter parameter = space.get(parameters[i]);
      shifts[i] = parameter.when().isPresent() ? 1 : 0;
      bases[i] = parameter.size() + shifts[i];
      strides[i] = stride;
      stride *= bases[i];
    }
    size = stride;
  }

  /**
   * The group of some parameters.
   *
   * @param space all parameters in their order
   * @param parameters indices of some of them
   * @throws IllegalArgumentException if there are more than {@link #MAX_SIZE} combinations
   */
  static ChoiceGroup of(String name, List<Parameter> space, Collection<Integer> parameters) {
    if (size(space, parameters) > MAX_SIZE) {
      throw new IllegalArgumentException(
          "%s depends on more than %d combinations of choices".formatted(name, MAX_SIZE));
    }
    return new ChoiceGroup(
        name, parameters.stream().mapToInt(Integer::intValue).sorted().distinct().toArray(), space);
  }

  /** How many combinations there would be; a number above {@link #MAX_SIZE} if too many. */
  static long size(List<Parameter> space, Collection<Integer> parameters) {
    long size = 1;
    for (int index : parameters) {
      Parameter parameter = space.get(index);
      size *= parameter.size() + (parameter.when().isPresent() ? 1 : 0);
      if (size > MAX_SIZE) {
        return size;
      }
    }
    return size;
  }

  /** What people call it. */
  String name() {
    return name;
  }

  /** Number of codes. */
  int size() {
    return size;
  }

  /** Number of parameters. */
  int width() {
    return parameters.length;
  }

  /** Index in the space of the parameter at a position. */
  int parameter(int position) {
    return parameters[position];
  }

  /** By how much the code grows with the digit at a position. */
  int stride(int position) {
    return strides[position];
  }

  /** What is added to a choice to make the digit at a position: 1 if it may not be in use. */
  int shift(int position) {
    return shifts[position];
  }

  /** Number of digits at a position. */
  int base(int position) {
    return bases[position];
  }

  /** Where a parameter stands; negative if it is none of the group's. */
  int position(int parameter) {
    return Arrays.binarySearch(parameters, parameter);
  }

  /** The code of a point. */
  int code(Point point) {
    int code = 0;
    for (int i = 0; i < parameters.length; i++) {
      code += (point.choice(parameters[i]) + shifts[i]) * strides[i];
    }
    return code;
  }

  /** The digit at a position of a code. */
  int digit(int code, int position) {
    return code / strides[position] % bases[position];
  }

  /** The choice at a position of a code; -1 where it is not in use. */
  int choice(int code, int position) {
    return digit(code, position) - shifts[position];
  }

  /** The code in this group of what has {@code code} in a group of these parameters and more. */
  int within(ChoiceGroup larger, int code) {
    int own = 0;
    for (int i = 0; i < parameters.length; i++) {
      own += larger.digit(code, larger.position(parameters[i])) * strides[i];
    }
    return own;
  }

  int[] parameters() {
    return parameters.clone();
  }
}
