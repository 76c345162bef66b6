/**
 * From a point to its outcome: {@link dev.ppe.nas.evaluate.CandidateEvaluator} builds the network,
 * asks the service for its costs and a source for its quality, and lets the objective judge.
 */
@NullMarked
package dev.ppe.nas.evaluate;

import org.jspecify.annotations.NullMarked;
