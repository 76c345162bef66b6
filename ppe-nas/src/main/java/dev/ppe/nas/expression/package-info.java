/**
 * Conditions and formulas over the parameters of a search space: {@code kind == 'gc' and expansion
 * * channels % group_size == 0}.
 *
 * <p>{@link dev.ppe.nas.expression.ExpressionParser} reads them, {@link
 * dev.ppe.nas.expression.Expression} computes them. What reads a parameter that is not in use is
 * unknown, and so is what cannot be told without it (Kleene's three-valued logic).
 */
@NullMarked
package dev.ppe.nas.expression;

import org.jspecify.annotations.NullMarked;
