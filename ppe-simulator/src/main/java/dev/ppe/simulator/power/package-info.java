/**
 * Energy: what the hardware did, priced by a table per process node.
 *
 * <p>{@link dev.ppe.simulator.power.EnergyTable} is the data, each figure with its source; {@link
 * dev.ppe.simulator.power.EnergyModel} multiplies.
 */
@NullMarked
package dev.ppe.simulator.power;

import org.jspecify.annotations.NullMarked;
