package dev.ppe.nas.expression;

import dev.ppe.nas.expression.Value.Numeric;
import dev.ppe.nas.expression.Value.Text;
import dev.ppe.nas.expression.Value.Truth;
import dev.ppe.nas.expression.Value.Unknown;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A formula over named parameters. Numbers, words and truths do not mix; what reads an unknown
 * value is unknown, except where the answer is the same either way.
 *
 * <p>One record for each form, hence longer than most files.
 */
public sealed interface Expression {
  /** A constant. */
  record Literal(Value value) implements Expression {}

  /** The value of a parameter. */
  record Reference(String name) implements Expression {}

  /** A number with the other sign. */
  record Negative(Expression operand) implements Expression {}

  /** The opposite of a condition. */
  record Not(Expression operand) implements Expression {}

  /** Two numbers. */
  record Arithmetic(Operation operation, Expression left, Expression right) implements Expression {}

  /** Two numbers, or two words for equality. */
  record Comparison(Relation relation, Expression left, Expression right) implements Expression {}

  /** Two conditions. */
  record Logical(Connective connective, Expression left, Expression right) implements Expression {}

  /** {@code condition ? then : otherwise}. */
  record Choice(Expression condition, Expression then, Expression otherwise)
      implements Expression {}

  /** {@code nearest_multiple(x, 8)} and the like. */
  record Call(BuiltIn function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** What a formula does with two numbers. */
  enum Operation {
    PLUS,
    MINUS,
    TIMES,
    OVER,
    MODULO
  }

  /** How two values compare. */
  enum Relation {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /** How two conditions make one. */
  enum Connective {
    AND,
    OR,
    IMPLIES
  }

  /**
   * The value of this expression.
   *
   * @param names the value of each parameter, {@link Unknown} for one that is not in use
   * @throws IllegalArgumentException if kinds of values clash, a divisor is 0, or {@code names}
   *     knows no such parameter
   */
  default Value evaluate(Function<String, Value> names) {
    return switch (this) {
      case Literal literal -> literal.value();
      case Reference reference -> names.apply(reference.name());
      case Negative negative -> {
        Value operand = negative.operand().evaluate(names);
        yield operand == Unknown.UNKNOWN ? operand : new Numeric(-number(operand));
      }
      case Not not -> Logic.not(truth(not.operand().evaluate(names)));
      case Arithmetic arithmetic -> {
        Value left = arithmetic.left().evaluate(names);
        Value right = arithmetic.right().evaluate(names);
        yield left == Unknown.UNKNOWN || right == Unknown.UNKNOWN
            ? Unknown.UNKNOWN
            : new Numeric(compute(arithmetic.operation(), number(left), number(right)));
      }
      case Comparison comparison ->
          compare(
              comparison.relation(),
              comparison.left().evaluate(names),
              comparison.right().evaluate(names));
      case Logical logical -> {
        Value left = truth(logical.left().evaluate(names));
        yield Logic.isSettled(logical.connective(), left)
            ? Logic.settled(logical.connective())
            : Logic.join(logical.connective(), left, truth(logical.right().evaluate(names)));
      }
      case Choice choice -> {
        Value condition = truth(choice.condition().evaluate(names));
        yield condition == Unknown.UNKNOWN
            ? condition
            : (condition == Truth.TRUE ? choice.then() : choice.otherwise()).evaluate(names);
      }
      case Call call -> call.function().apply(call.arguments(), names);
    };
  }

  private static double compute(Operation operation, double left, double right) {
    return switch (operation) {
      case PLUS -> left + right;
      case MINUS -> left - right;
      case TIMES -> left * right;
      case OVER -> left / divisor(right);
      case MODULO -> left - right * Math.floor(left / divisor(right));
    };
  }

  private static double divisor(double value) {
    if (value == 0) {
      throw new IllegalArgumentException("divides by 0");
    }
    return value;
  }

  private static Value compare(Relation relation, Value left, Value right) {
    if (left == Unknown.UNKNOWN || right == Unknown.UNKNOWN) {
      return Unknown.UNKNOWN;
    }
    if (relation == Relation.EQUAL || relation == Relation.NOT_EQUAL) {
      if (left.getClass() != right.getClass()) {
        throw new IllegalArgumentException(
            "compares %s (%s) with %s (%s)".formatted(left.kind(), left, right.kind(), right));
      }
      return Truth.of(left.equals(right) == (relation == Relation.EQUAL));
    }
    double first = number(left);
    double second = number(right);
    return Truth.of(
        switch (relation) {
          case LESS -> first < second;
          case LESS_OR_EQUAL -> first <= second;
          case GREATER -> first > second;
          case GREATER_OR_EQUAL -> first >= second;
          case EQUAL, NOT_EQUAL -> throw new IllegalStateException("told above");
        });
  }

  private static double number(Value value) {
    if (value instanceof Numeric(double number)) {
      return number;
    }
    throw new IllegalArgumentException("computes with %s (%s)".formatted(value.kind(), value));
  }

  private static Value truth(Value value) {
    if (value instanceof Truth || value == Unknown.UNKNOWN) {
      return value;
    }
    throw new IllegalArgumentException(
        "takes %s (%s) for a condition".formatted(value.kind(), value));
  }

  /** Names of the parameters that it reads, in the order of the text. */
  default Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    renamed(
        name -> {
          names.add(name);
          return name;
        });
    return names;
  }

  /** The same expression with other names for the parameters. */
  default Expression renamed(UnaryOperator<String> names) {
    return replaced(name -> new Reference(names.apply(name)));
  }

  /** The same expression with what {@code names} gives in the place of each parameter. */
  default Expression replaced(Function<String, Expression> names) {
    return switch (this) {
      case Literal literal -> literal;
      case Reference reference -> names.apply(reference.name());
      case Negative negative -> new Negative(negative.operand().replaced(names));
      case Not not -> new Not(not.operand().replaced(names));
      case Arithmetic(Operation operation, Expression left, Expression right) ->
          new Arithmetic(operation, left.replaced(names), right.replaced(names));
      case Comparison(Relation relation, Expression left, Expression right) ->
          new Comparison(relation, left.replaced(names), right.replaced(names));
      case Logical(Connective connective, Expression left, Expression right) ->
          new Logical(connective, left.replaced(names), right.replaced(names));
      case Choice(Expression condition, Expression then, Expression otherwise) ->
          new Choice(condition.replaced(names), then.replaced(names), otherwise.replaced(names));
      case Call(BuiltIn function, List<Expression> arguments) ->
          new Call(function, arguments.stream().map(each -> each.replaced(names)).toList());
    };
  }

  /** A number as an expression. */
  static Expression of(double value) {
    return new Literal(new Numeric(value));
  }

  /** A word as an expression. */
  static Expression of(String word) {
    return new Literal(new Text(word));
  }

  /** Both conditions. */
  default Expression and(Expression other) {
    return new Logical(Connective.AND, this, other);
  }
}
