package dev.ppe.nas.yaml;

import dev.ppe.nas.expression.Expression;
import dev.ppe.nas.expression.ExpressionParser;
import dev.ppe.nas.expression.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the names in a description stand for. Names are looked up from the innermost block outwards:
 * {@code channels} in {@code g1.b0} is {@code g1.b0.channels}, or else {@code g1.channels}, or else
 * {@code channels}.
 */
final class Names {
  /** Formulas may become so large with what they refer to put in. */
  private static final int MAX_TERMS = 500;

  private record Meaning(Expression expression, int terms) {}

  private final Map<String, Meaning> meanings = new HashMap<>();

  /** A parameter of this name. */
  void declare(String name) {
    define(name, new Expression.Reference(name), 1);
  }

  /** A formula of this name. */
  void define(String name, Expression expression) {
    define(name, expression, terms(expression));
  }

  private void define(String name, Expression expression, int terms) {
    if (meanings.put(name, new Meaning(expression, terms)) != null) {
      throw new IllegalArgumentException("there is something else called " + name);
    }
  }

  /**
   * The expression of a text with all names replaced by what they stand for.
   *
   * @param prefix of the block that the text stands in
   * @param wordsAllowed whether a name that stands for nothing is a word
   */
  Expression resolve(String text, String prefix, boolean wordsAllowed) {
    Expression written = ExpressionParser.parse(text);
    int[] terms = {text.length()};
    Expression resolved =
        written.replaced(
            name -> {
              Optional<Meaning> meaning = find(name, prefix);
              if (meaning.isPresent()) {
                terms[0] += meaning.get().terms();
                if (terms[0] > 10 * MAX_TERMS) {
                  throw new IllegalArgumentException("a formula grows too large");
                }
                return meaning.get().expression();
              }
              if (wordsAllowed) {
                return new Expression.Literal(new Value.Text(name));
              }
              throw new IllegalArgumentException(
                  "there is nothing called \"%s\" before this".formatted(name));
            });
    if (terms(resolved) > MAX_TERMS) {
      throw new IllegalArgumentException(
          "a formula has more than %d terms with what it refers to".formatted(MAX_TERMS));
    }
    return resolved;
  }

  private Optional<Meaning> find(String name, String prefix) {
    String at = prefix;
    while (true) {
      Optional<Meaning> meaning = Optional.ofNullable(meanings.get(at + name));
      if (meaning.isPresent() || at.isEmpty()) {
        return meaning;
      }
      // From "g1.b0." to "g1.".
      at = at.substring(0, at.lastIndexOf('.', at.length() - 2) + 1);
    }
  }

  private static int terms(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> 1;
      case Expression.Reference reference -> 1;
      case Expression.Negative negative -> 1 + terms(negative.operand());
      case Expression.Not not -> 1 + terms(not.operand());
      case Expression.Arithmetic two -> 1 + terms(two.left()) + terms(two.right());
      case Expression.Comparison two -> 1 + terms(two.left()) + terms(two.right());
      case Expression.Logical two -> 1 + terms(two.left()) + terms(two.right());
      case Expression.Choice three ->
          1 + terms(three.condition()) + terms(three.then()) + terms(three.otherwise());
      case Expression.Call call -> 1 + call.arguments().stream().mapToInt(Names::terms).sum();
    };
  }
}
