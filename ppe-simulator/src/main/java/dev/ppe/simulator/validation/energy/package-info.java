/**
 * What can be said of energies without a measurement of any: bounds from the data sheet, and how
 * energy goes with latency.
 *
 * <p>No energy of a network on a bare Edge TPU is public. A check evaluates networks that are made
 * or chosen for it; {@link dev.ppe.simulator.validation.energy.EnergyChecks} lists them.
 */
@NullMarked
package dev.ppe.simulator.validation.energy;

import org.jspecify.annotations.NullMarked;
