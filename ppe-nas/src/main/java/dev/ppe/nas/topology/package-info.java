/**
 * From a point to a network. {@link dev.ppe.nas.topology.Topology} is the function, {@link
 * dev.ppe.nas.topology.ModelSpace} the pair of a space and its topology.
 *
 * <p>{@link dev.ppe.nas.topology.Chain} is the topology that descriptions of spaces write down,
 * layer by layer; {@link dev.ppe.nas.topology.BuiltInTopology} are those written in Java, for
 * networks that branch.
 */
@NullMarked
package dev.ppe.nas.topology;

import org.jspecify.annotations.NullMarked;
