package dev.ppe.nas.space;

import dev.ppe.nas.expression.Expression;
import dev.ppe.nas.expression.Value;
import dev.ppe.nas.expression.Value.Unknown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/** The parameters of a space in their order, by name, with all their values. */
final class Parameters {
  static final int NOT_IN_USE = -1;
  private static final int MAX_PARAMETERS = 2_000;

  private final List<Parameter> list;
  private final Map<String, Integer> indices = new HashMap<>();
  private final Value[][] values;

  Parameters(List<Parameter> parameters) {
    list = List.copyOf(parameters);
    if (list.isEmpty() || list.size() > MAX_PARAMETERS) {
      throw new IllegalArgumentException(
          "a space has %d parameters, must have 1 to %d".formatted(list.size(), MAX_PARAMETERS));
    }
    values = new Value[list.size()][];
    for (int i = 0; i < list.size(); i++) {
      Parameter parameter = list.get(i);
      if (indices.put(parameter.name(), i) != null) {
        throw new IllegalArgumentException("there are two parameters " + parameter.name());
      }
      values[i] = new Value[parameter.size()];
      for (int choice = 0; choice < parameter.size(); choice++) {
        values[i][choice] = parameter.value(choice);
      }
    }
  }

  List<Parameter> list() {
    return list;
  }

  int count() {
    return list.size();
  }

  Parameter get(int index) {
    return list.get(index);
  }

  OptionalInt index(String name) {
    Integer index = indices.get(name);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** The value of an index's choice. */
  Value value(int index, int choice) {
    return choice == NOT_IN_USE ? Unknown.UNKNOWN : values[index][choice];
  }

  /** The values of an assignment by name. */
  Function<String, Value> names(int[] choices) {
    return name -> {
      int index =
          index(name)
              .orElseThrow(
                  () -> new IllegalArgumentException("there is no parameter \"" + name + "\""));
      return value(index, choices[index]);
    };
  }

  /** Indices of the parameters that an expression reads. */
  List<Integer> reads(Expression expression) {
    return expression.names().stream()
        .map(
            name ->
                index(name)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "reads \"" + name + "\", which is no parameter")))
        .toList();
  }
}
