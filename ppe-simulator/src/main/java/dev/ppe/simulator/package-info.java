/**
 * What one inference costs: a graph and an accelerator in, an evaluation out.
 *
 * <p>{@link dev.ppe.simulator.PerformanceEvaluator} is the whole path. The library has no threads,
 * no clock and no randomness of its own: the same arguments give the same evaluation everywhere.
 */
@NullMarked
package dev.ppe.simulator;

import org.jspecify.annotations.NullMarked;
