package dev.ppe.nas.cost;

import dev.ppe.nas.expression.Expression;
import dev.ppe.nas.expression.Value;
import dev.ppe.nas.expression.Value.Truth;
import dev.ppe.nas.expression.Value.Unknown;
import dev.ppe.nas.space.Constraint;
import dev.ppe.nas.space.Parameter;
import dev.ppe.nas.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** The codes of a group that valid points may have, as far as the group alone decides on it. */
final class Choices {
  private final List<Parameter> space;
  private final ChoiceGroup group;
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<Constraint> constraints = new ArrayList<>();

  Choices(SearchSpace space, ChoiceGroup group) {
    this.space = space.parameters();
    this.group = group;
    for (int i = 0; i < group.width(); i++) {
      positions.put(this.space.get(group.parameter(i)).name(), i);
    }
    for (Constraint constraint : space.constraints()) {
      if (isOwn(constraint.condition().names())) {
        constraints.add(constraint);
      }
    }
  }

  private boolean isOwn(Set<String> names) {
    return positions.keySet().containsAll(names);
  }

  /** Values by name; unknown where a parameter is not in use, or none of the group's. */
  Function<String, Value> values(int code) {
    return name -> {
      Integer position = positions.get(name);
      if (position == null) {
        return Unknown.UNKNOWN;
      }
      int choice = group.choice(code, position);
      return choice < 0 ? Unknown.UNKNOWN : space.get(group.parameter(position)).value(choice);
    };
  }

  /** Whether conditions and constraints on the group's own parameters hold. */
  IntPredicate possible() {
    return code -> {
      Function<String, Value> values = values(code);
      return inUse(code, values)
          && constraints.stream()
              .allMatch(constraint -> constraint.condition().evaluate(values) != Truth.FALSE);
    };
  }

  private boolean inUse(int code, Function<String, Value> values) {
    for (int i = 0; i < group.width(); i++) {
      Parameter parameter = space.get(group.parameter(i));
      if (parameter.when().isPresent()) {
        Expression when = parameter.when().get();
        boolean used = group.choice(code, i) >= 0;
        if (isOwn(when.names()) && (when.evaluate(values) == Truth.TRUE) != used) {
          return false;
        }
      }
    }
    return true;
  }
}
