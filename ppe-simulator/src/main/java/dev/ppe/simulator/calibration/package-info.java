/**
 * An accelerator's constants fitted to measurements of one's own board.
 *
 * <p>{@link dev.ppe.simulator.calibration.Calibrator} does it: {@code Measurements} are the rows,
 * {@code Parameter} the constants that may be fitted, {@code Identification} says which of them the
 * rows can tell apart, {@code RobustFit} finds their values. This stands above the rest of the
 * simulator, and asks for latencies through {@code Predictor}: whoever answers may be anywhere.
 */
@NullMarked
package dev.ppe.simulator.calibration;

import org.jspecify.annotations.NullMarked;
