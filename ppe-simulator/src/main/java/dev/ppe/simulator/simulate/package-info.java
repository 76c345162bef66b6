/**
 * The cycle-level machine: a program in, an activity out.
 *
 * <p>{@link dev.ppe.simulator.simulate.Machine} jumps from event to event, so its cost grows with
 * the instructions and not with the cycles.
 */
@NullMarked
package dev.ppe.simulator.simulate;

import org.jspecify.annotations.NullMarked;
