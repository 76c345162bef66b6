package dev.ppe.nas.expression;

import dev.ppe.nas.expression.Value.Numeric;
import dev.ppe.nas.expression.Value.Unknown;
import java.util.List;
import java.util.function.Function;

/** The functions that expressions may call. */
public enum BuiltIn {
  /** {@code nearest_multiple(x, n)}: the multiple of n nearest to x, halves up, n at least. */
  NEAREST_MULTIPLE("nearest_multiple") {
    @Override
    double of(double x, double step) {
      return Math.max(step, step * Math.floor(x / divisor(step) + 0.5));
    }
  },
  /** {@code scaled(c, m)}: c times m by the rule of the MobileNets, for channels in steps of 8. */
  SCALED("scaled") {
    @Override
    double of(double channels, double multiplier) {
      double product = channels * multiplier;
      double rounded = Math.max(8, 8 * Math.floor((product + 4) / 8));
      return rounded < 0.9 * product ? rounded + 8 : rounded;
    }
  },
  /** The smaller one. */
  MIN("min") {
    @Override
    double of(double left, double right) {
      return Math.min(left, right);
    }
  },
  /** The larger one. */
  MAX("max") {
    @Override
    double of(double left, double right) {
      return Math.max(left, right);
    }
  };

  private static final int ARGUMENTS = 2;
  private final String word;

  BuiltIn(String word) {
    this.word = word;
  }

  /** As it is written. */
  public String word() {
    return word;
  }

  abstract double of(double left, double right);

  Value apply(List<Expression> arguments, Function<String, Value> names) {
    double[] numbers = new double[ARGUMENTS];
    if (arguments.size() != ARGUMENTS) {
      throw new IllegalArgumentException(
          "%s takes %d values, not %d".formatted(word, ARGUMENTS, arguments.size()));
    }
    for (int i = 0; i < ARGUMENTS; i++) {
      switch (arguments.get(i).evaluate(names)) {
        case Numeric(double number) -> numbers[i] = number;
        case Unknown unknown -> {
          return unknown;
        }
        case Value other ->
            throw new IllegalArgumentException(
                "%s takes numbers, not %s (%s)".formatted(word, other.kind(), other));
      }
    }
    return new Numeric(of(numbers[0], numbers[1]));
  }

  private static double divisor(double value) {
    if (value <= 0) {
      throw new IllegalArgumentException("the step is " + value + ", must be above 0");
    }
    return value;
  }
}
