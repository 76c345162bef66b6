/**
 * What a search looks for. {@link dev.ppe.nas.objective.Metrics} are the figures of a candidate; an
 * {@link dev.ppe.nas.objective.Objective} makes an {@link dev.ppe.nas.objective.Outcome} of them:
 * one score or several, and how far limits are exceeded.
 */
@NullMarked
package dev.ppe.nas.objective;

import org.jspecify.annotations.NullMarked;
