/**
 * Answers: how long, how much energy, and why, for the network and for each of its layers.
 *
 * <p>Start at {@link dev.ppe.simulator.report.Evaluation}.
 */
@NullMarked
package dev.ppe.simulator.report;

import org.jspecify.annotations.NullMarked;
