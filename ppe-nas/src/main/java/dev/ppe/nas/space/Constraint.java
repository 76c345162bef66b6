package dev.ppe.nas.space;

import dev.ppe.nas.expression.Expression;
import dev.ppe.nas.expression.ExpressionParser;

/**
 * What must hold between parameters of a valid point. A constraint on parameters that are not in
 * use holds, unless the others break it alone.
 *
 * @param text as people wrote it
 * @param condition what it says
 */
public record Constraint(String text, Expression condition) {
  /**
   * The constraint of a text.
   *
   * @throws IllegalArgumentException if the {@linkplain ExpressionParser expression} cannot be read
   */
  public static Constraint of(String text) {
    return new Constraint(text, ExpressionParser.parse(text));
  }
}
