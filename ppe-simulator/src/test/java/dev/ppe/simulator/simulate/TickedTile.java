package dev.ppe.simulator.simulate;

/**
 * What came of a tile that was multiplied tick by tick.
 *
 * @param awaited cycles in which the cores stood still for a line of weights
 * @param worked the others
 * @param fed cycles in which the activation port was busy, among those
 * @param sumBytes unfinished sums that left for PE memory
 */
record TickedTile(long awaited, long worked, long fed, long sumBytes) {}
