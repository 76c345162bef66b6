/**
 * Networks as if they had been converted to other numbers: a float network as its int8 or bfloat16
 * counterpart, before anything is compiled.
 *
 * <p>Start at {@link dev.ppe.simulator.graph.precision.Precision}. {@link
 * dev.ppe.simulator.graph.precision.Conversion} is the pass, {@link
 * dev.ppe.simulator.graph.precision.NumberFormat} what tensors become, {@link
 * dev.ppe.simulator.graph.precision.Treatment} what becomes of each operator.
 */
@NullMarked
package dev.ppe.simulator.graph.precision;

import org.jspecify.annotations.NullMarked;
