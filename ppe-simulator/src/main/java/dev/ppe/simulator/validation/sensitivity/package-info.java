/**
 * How much the answers depend on what is assumed of the hardware: every assumption of a preset is
 * varied, and the measured networks are costed again. {@link
 * dev.ppe.simulator.validation.sensitivity.Sensitivity} is the whole path.
 */
@NullMarked
package dev.ppe.simulator.validation.sensitivity;

import org.jspecify.annotations.NullMarked;
