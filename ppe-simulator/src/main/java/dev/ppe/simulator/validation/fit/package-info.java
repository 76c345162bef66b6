/**
 * Constants of presets that were fitted to measured rows, fitted again now. {@link
 * dev.ppe.simulator.validation.fit.Fits} lists what is fitted to what, {@link
 * dev.ppe.simulator.validation.fit.ConstantFit} is the whole path.
 */
@NullMarked
package dev.ppe.simulator.validation.fit;

import org.jspecify.annotations.NullMarked;
