/**
 * From a graph to a schedule: what runs where, how it is cut, what memory holds it, in what order.
 *
 * <p>{@link dev.ppe.simulator.compile.Compiler} lists the phases; each is a class of its own:
 * {@link dev.ppe.simulator.compile.GroupConvolutions}, {@link dev.ppe.simulator.compile.Placer},
 * {@link dev.ppe.simulator.compile.Fuser}, {@link dev.ppe.simulator.compile.Tiler}, {@link
 * dev.ppe.simulator.compile.Allocator} make the {@link dev.ppe.simulator.compile.Mapping}, and
 * {@link dev.ppe.simulator.compile.Scheduler} turns that into the {@link
 * dev.ppe.simulator.compile.Program} that the machine runs.
 */
@NullMarked
package dev.ppe.simulator.compile;

import org.jspecify.annotations.NullMarked;
