package dev.ppe.nas.space;

import dev.ppe.nas.expression.Expression;
import dev.ppe.nas.expression.Value;
import dev.ppe.nas.expression.Value.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The conditions and constraints of a space, each with the parameters it reads: a condition is
 * decided before its parameter is chosen, a constraint after the last one that it reads.
 */
final class Rules {
  private record Rule(String text, Expression condition, List<Integer> reads) {
    int last() {
      int last = -1;
      for (int index : reads) {
        last = Math.max(last, index);
      }
      return last;
    }
  }

  /** With it, what is evaluated must be a condition. */
  private static final Expression TRUE = new Expression.Literal(Truth.TRUE);

  private final Parameters parameters;
  private final List<Optional<Rule>> conditions = new ArrayList<>();
  private final List<List<Rule>> constraintsAfter = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if one reads what is no parameter, or a condition reads a
   *     parameter that comes later
   */
  Rules(Parameters parameters, List<Constraint> constraints) {
    this.parameters = parameters;
    for (int i = 0; i < parameters.count(); i++) {
      Parameter parameter = parameters.get(i);
      String text = "the condition of " + parameter.name();
      Optional<Rule> rule = parameter.when().map(condition -> rule(text, condition));
      if (rule.isPresent() && rule.get().last() >= i) {
        throw new IllegalArgumentException(
            "%s reads %s, which is not chosen before it"
                .formatted(text, parameters.get(rule.get().last()).name()));
      }
      conditions.add(rule);
      constraintsAfter.add(new ArrayList<>());
    }
    for (Constraint constraint : constraints) {
      Rule rule = rule("the constraint \"" + constraint.text() + "\"", constraint.condition());
      if (rule.reads().isEmpty()) {
        throw new IllegalArgumentException(rule.text() + " reads no parameter");
      }
      constraintsAfter.get(rule.last()).add(rule);
    }
  }

  private Rule rule(String text, Expression condition) {
    try {
      return new Rule(text, condition.and(TRUE), parameters.reads(condition));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(text + " " + e.getMessage(), e);
    }
  }

  /** Whether the parameter at {@code index} is in use, given the choices before it. */
  boolean uses(int index, int[] choices) {
    Optional<Rule> condition = conditions.get(index);
    return condition.isEmpty() || evaluate(condition.get(), choices) == Truth.TRUE;
  }

  /** Whether the constraints whose last parameter is at {@code index} hold. */
  boolean hold(int index, int[] choices) {
    return broken(index, choices).isEmpty();
  }

  /** A constraint that does not hold, of those whose last parameter is at {@code index}. */
  Optional<String> broken(int index, int[] choices) {
    for (Rule rule : constraintsAfter.get(index)) {
      if (evaluate(rule, choices) == Truth.FALSE) {
        return Optional.of(rule.text());
      }
    }
    return Optional.empty();
  }

  private Value evaluate(Rule rule, int[] choices) {
    try {
      return rule.condition().evaluate(parameters.names(choices));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(rule.text() + " " + e.getMessage(), e);
    }
  }

  /** For each index, the indices before it that it or anything after it still asks for. */
  List<int[]> live(boolean withConstraints) {
    List<SortedSet<Integer>> live = new ArrayList<>();
    for (int i = 0; i <= parameters.count(); i++) {
      live.add(new TreeSet<>());
    }
    for (int i = 0; i < parameters.count(); i++) {
      int index = i;
      conditions.get(i).ifPresent(rule -> mark(live, rule.reads(), index));
      if (withConstraints) {
        constraintsAfter.get(i).forEach(rule -> mark(live, rule.reads(), index));
      }
    }
    return live.stream()
        .map(indices -> indices.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** What is read at {@code last} is kept from the layer behind it up to there. */
  private static void mark(List<SortedSet<Integer>> live, List<Integer> reads, int last) {
    for (int read : reads) {
      for (int layer = read + 1; layer <= last; layer++) {
        live.get(layer).add(read);
      }
    }
  }
}
