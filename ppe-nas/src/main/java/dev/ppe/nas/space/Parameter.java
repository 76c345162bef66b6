package dev.ppe.nas.space;

import dev.ppe.nas.expression.Expression;
import dev.ppe.nas.expression.ExpressionParser;
import dev.ppe.nas.expression.Value;
import dev.ppe.nas.expression.Value.Numeric;
import dev.ppe.nas.expression.Value.Text;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Something to choose. Choices are numbered from 0, in the order given. */
public sealed interface Parameter {
  /** One of several words, in no order. */
  record Categorical(String name, List<String> labels, Optional<Expression> when)
      implements Parameter {
    public Categorical {
      labels = List.copyOf(labels);
      checkName(name);
      checkDistinct(name, labels);
      for (String label : labels) {
        if (!LABEL.matcher(label).matches()) {
          throw new IllegalArgumentException(
              "%s has the choice \"%s\", must be 1 to 100 letters, digits and . _ + - | ~ /"
                  .formatted(name, label));
        }
      }
    }

    @Override
    public int size() {
      return labels.size();
    }

    @Override
    public Value value(int choice) {
      return new Text(labels.get(choice));
    }

    @Override
    public Parameter when(Expression condition) {
      return new Categorical(name, labels, Optional.of(both(when, condition)));
    }
  }

  /** One of several numbers. */
  record Discrete(String name, List<Double> values, Optional<Expression> when)
      implements Parameter {
    public Discrete {
      values = List.copyOf(values);
      checkName(name);
      checkDistinct(name, values);
      values.forEach(Numeric::new); // finite
    }

    @Override
    public int size() {
      return values.size();
    }

    @Override
    public Value value(int choice) {
      return new Numeric(values.get(choice));
    }

    @Override
    public Parameter when(Expression condition) {
      return new Discrete(name, values, Optional.of(both(when, condition)));
    }
  }

  /** A whole number of a range, in steps; the last one may lie below {@code to}. */
  record Range(String name, int from, int to, int step, Optional<Expression> when)
      implements Parameter {
    public Range {
      checkName(name);
      if (step < 1 || to < from) {
        throw new IllegalArgumentException(
            "%s goes from %d to %d in steps of %d, must go up in steps of 1 or more"
                .formatted(name, from, to, step));
      }
      checkSize(name, ((long) to - from) / step + 1);
    }

    @Override
    public int size() {
      return (to - from) / step + 1;
    }

    @Override
    public Value value(int choice) {
      return new Numeric(from + (double) step * choice);
    }

    @Override
    public Parameter when(Expression condition) {
      return new Range(name, from, to, step, Optional.of(both(when, condition)));
    }
  }

  /** A parameter may have so many choices. */
  int MAX_CHOICES = 10_000;

  /** Words with dots between them: {@code g1.b0.kind}. */
  Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*");

  /** What a choice may be called. */
  Pattern LABEL = Pattern.compile("[A-Za-z0-9._+|~/-]{1,100}");

  /** Its name, unique in its space. */
  String name();

  /** When it is in use: always, or under a condition on parameters before it. */
  Optional<Expression> when();

  /** Number of choices, 1 or more. */
  int size();

  /** What a choice stands for. */
  Value value(int choice);

  /** This parameter, in use only if {@code condition} holds as well. */
  Parameter when(Expression condition);

  /** This parameter, in use only if the {@linkplain ExpressionParser condition} holds as well. */
  default Parameter when(String condition) {
    return when(ExpressionParser.parse(condition));
  }

  /** A choice as text. */
  default String label(int choice) {
    return value(choice).toString();
  }

  /** The choice of this label; empty if there is none. */
  default OptionalInt choice(String label) {
    for (int i = 0; i < size(); i++) {
      if (label(i).equals(label)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * This parameter with the choices of these labels, in its own order.
   *
   * @throws IllegalArgumentException if it has no such choice
   */
  default Parameter restricted(List<String> kept) {
    for (String label : kept) {
      if (choice(label).isEmpty()) {
        throw new IllegalArgumentException("%s has no choice \"%s\"".formatted(name(), label));
      }
    }
    IntStream choices = IntStream.range(0, size()).filter(c -> kept.contains(label(c)));
    return this instanceof Categorical
        ? new Categorical(name(), choices.mapToObj(this::label).toList(), when())
        : new Discrete(name(), choices.mapToObj(c -> Double.valueOf(label(c))).toList(), when());
  }

  /** A parameter of words. */
  static Parameter categorical(String name, String... labels) {
    return new Categorical(name, Arrays.asList(labels), Optional.empty());
  }

  /** A parameter of numbers. */
  static Parameter discrete(String name, double... values) {
    return new Discrete(name, DoubleStream.of(values).boxed().toList(), Optional.empty());
  }

  /** A whole number from {@code from} to {@code to}. */
  static Parameter integer(String name, int from, int to) {
    return new Range(name, from, to, 1, Optional.empty());
  }

  /** A whole number from {@code from} to {@code to} in steps. */
  static Parameter integer(String name, int from, int to, int step) {
    return new Range(name, from, to, step, Optional.empty());
  }

  private static Expression both(Optional<Expression> first, Expression second) {
    return first.map(each -> each.and(second)).orElse(second);
  }

  private static void checkName(String name) {
    if (name.length() > 200 || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a parameter is called \"%s\", must be words of letters, digits and _ with dots between"
              .formatted(name));
    }
  }

  private static void checkSize(String name, long size) {
    if (size < 1 || size > MAX_CHOICES) {
      throw new IllegalArgumentException(
          "%s has %d choices, must have 1 to %d".formatted(name, size, MAX_CHOICES));
    }
  }

  private static void checkDistinct(String name, List<?> choices) {
    checkSize(name, choices.size());
    if (new HashSet<>(choices).size() != choices.size()) {
      throw new IllegalArgumentException(name + " has a choice twice: " + choices);
    }
  }
}
