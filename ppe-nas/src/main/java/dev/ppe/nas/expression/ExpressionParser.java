package dev.ppe.nas.expression;

import dev.ppe.nas.expression.Expression.Connective;
import dev.ppe.nas.expression.Expression.Operation;
import dev.ppe.nas.expression.Expression.Relation;
import dev.ppe.nas.expression.Value.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads expressions. From what binds least to what binds most:
 *
 * <pre>{@code
 * condition ? then : otherwise
 * a implies b
 * a or b
 * a and b
 * not a
 * x == y   x != y   x < y   x <= y   x > y   x >= y   x in (y, z)
 * x + y   x - y
 * x * y   x / y   x % y
 * -x   (x)   3   0.625   'word'   true   false   name   stage.name   nearest_multiple(x, 8)
 * }</pre>
 */
public final class ExpressionParser {
  /** Longer texts are refused. */
  private static final int MAX_LENGTH = 2_000;

  /** So deep may brackets, signs and the like nest. */
  private static final int MAX_DEPTH = 60;

  private static final Map<String, Relation> RELATIONS =
      Map.of(
          "==", Relation.EQUAL,
          "!=", Relation.NOT_EQUAL,
          "<", Relation.LESS,
          "<=", Relation.LESS_OR_EQUAL,
          ">", Relation.GREATER,
          ">=", Relation.GREATER_OR_EQUAL);

  private static final Map<String, Operation> SUMS =
      Map.of("+", Operation.PLUS, "-", Operation.MINUS);
  private static final Map<String, Operation> PRODUCTS =
      Map.of("*", Operation.TIMES, "/", Operation.OVER, "%", Operation.MODULO);

  private final Tokens tokens;
  private int depth;

  private ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The expression of a text.
   *
   * @throws IllegalArgumentException saying the column where it cannot be read
   */
  public static Expression parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "an expression has %d characters, must have %d or less"
              .formatted(text.length(), MAX_LENGTH));
    }
    try {
      ExpressionParser parser = new ExpressionParser(new Tokens(text));
      Expression expression = parser.expression();
      if (parser.tokens.peek().type() != Tokens.Type.END) {
        throw parser.tokens.unexpected("the end");
      }
      return expression;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the expression \"%s\" %s".formatted(text.strip(), e.getMessage()), e);
    }
  }

  private Expression expression() {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nests deeper than " + MAX_DEPTH);
    }
    Expression condition = implication();
    if (tokens.takeIf("?")) {
      Expression then = expression();
      tokens.require(":");
      condition = new Expression.Choice(condition, then, expression());
    }
    depth--;
    return condition;
  }

  private Expression implication() {
    Expression left = disjunction();
    return tokens.takeIf("implies")
        ? new Expression.Logical(Connective.IMPLIES, left, disjunction())
        : left;
  }

  private Expression disjunction() {
    Expression left = conjunction();
    while (tokens.takeIf("or")) {
      left = new Expression.Logical(Connective.OR, left, conjunction());
    }
    return left;
  }

  private Expression conjunction() {
    Expression left = negation();
    while (tokens.takeIf("and")) {
      left = new Expression.Logical(Connective.AND, left, negation());
    }
    return left;
  }

  private Expression negation() {
    boolean negative = false;
    while (tokens.takeIf("not")) {
      negative = !negative;
    }
    Expression condition = comparison();
    return negative ? new Expression.Not(condition) : condition;
  }

  private Expression comparison() {
    Expression left = sum();
    if (tokens.takeIf("in")) {
      return membership(left);
    }
    Optional<Relation> relation = takeOneOf(RELATIONS);
    return relation.isPresent() ? new Expression.Comparison(relation.get(), left, sum()) : left;
  }

  private Expression membership(Expression left) {
    return list().stream()
        .<Expression>map(each -> new Expression.Comparison(Relation.EQUAL, left, each))
        .reduce((first, second) -> new Expression.Logical(Connective.OR, first, second))
        .orElseThrow();
  }

  private List<Expression> list() {
    tokens.require("(");
    List<Expression> elements = new ArrayList<>();
    do {
      elements.add(expression());
    } while (tokens.takeIf(","));
    tokens.require(")");
    return elements;
  }

  private Expression sum() {
    Expression left = product();
    for (Optional<Operation> next = takeOneOf(SUMS); next.isPresent(); next = takeOneOf(SUMS)) {
      left = new Expression.Arithmetic(next.get(), left, product());
    }
    return left;
  }

  private Expression product() {
    Expression left = atom();
    for (Optional<Operation> next = takeOneOf(PRODUCTS);
        next.isPresent();
        next = takeOneOf(PRODUCTS)) {
      left = new Expression.Arithmetic(next.get(), left, atom());
    }
    return left;
  }

  private <T> Optional<T> takeOneOf(Map<String, T> signs) {
    boolean found =
        tokens.peek().type() == Tokens.Type.SIGN && signs.containsKey(tokens.peek().text());
    return found ? Optional.ofNullable(signs.get(tokens.take().text())) : Optional.empty();
  }

  private Expression atom() {
    Tokens.Token token = tokens.peek();
    return switch (token.type()) {
      case NUMBER -> Expression.of(Double.parseDouble(tokens.take().text()));
      case TEXT -> Expression.of(tokens.take().text());
      case NAME -> named(tokens.take().text());
      case SIGN -> signed();
      case END -> throw tokens.unexpected("a value");
    };
  }

  private Expression named(String name) {
    if (tokens.peek().is("(")) {
      BuiltIn function =
          Stream.of(BuiltIn.values())
              .filter(each -> each.word().equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException("calls no function we have: " + name));
      return new Expression.Call(function, list());
    }
    return switch (name) {
      case "true" -> new Expression.Literal(Truth.TRUE);
      case "false" -> new Expression.Literal(Truth.FALSE);
      case "and", "or", "not", "in", "implies" ->
          throw new IllegalArgumentException("has \"" + name + "\" where a value should be");
      default -> new Expression.Reference(name);
    };
  }

  private Expression signed() {
    if (tokens.takeIf("(")) {
      Expression inner = expression();
      tokens.require(")");
      return inner;
    }
    if (tokens.takeIf("-")) {
      depth++; // signs nest as brackets do
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("nests deeper than " + MAX_DEPTH);
      }
      Expression negative = new Expression.Negative(atom());
      depth--;
      return negative;
    }
    throw tokens.unexpected("a value");
  }
}
