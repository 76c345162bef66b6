/**
 * The closed-form model: a mapping in, an activity out, without a program and without events.
 *
 * <p>Start at {@link dev.ppe.simulator.analytic.AnalyticalModel}; every formula stands in {@code
 * docs/analytical.md}.
 */
@NullMarked
package dev.ppe.simulator.analytic;

import org.jspecify.annotations.NullMarked;
