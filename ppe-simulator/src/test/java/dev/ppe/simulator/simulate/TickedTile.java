package dev.ppe.simulator.simulate;

/**
 * What came of a tile that was multiplied tick by tick.
 *
 * @param awaited cycles in which the cores stood still for a line of weights
 * @param worked the others
 * @param sumBytes unfinished sums that left for PE memory
 * @param read cycles in which the activation port was busy
 */
record TickedTile(long awaited, long worked, long sumBytes, long read) {}
