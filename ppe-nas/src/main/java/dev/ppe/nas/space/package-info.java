/**
 * Search spaces: parameters with finitely many choices, some of them in use only under conditions,
 * and constraints between them.
 *
 * <p>Start at {@link dev.ppe.nas.space.SearchSpace}. A {@link dev.ppe.nas.space.Point} is one
 * assignment. All valid points of a space are the paths through a {@code DecisionDiagram}, which is
 * what counts them, draws from them uniformly, and keeps changed points valid; a {@link
 * dev.ppe.nas.space.Walk} goes through it step by step.
 */
@NullMarked
package dev.ppe.nas.space;

import org.jspecify.annotations.NullMarked;
