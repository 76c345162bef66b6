package dev.ppe.simulator.compile;

/**
 * A node with its place in the execution.
 *
 * @param node index into the canonical graph's nodes
 * @param placement what runs it
 * @param stage runs of nodes on the host have even stages, runs on the accelerator odd ones; a
 *     stage begins when all before it are done
 */
public record PlacedNode(int node, Placement placement, int stage) {}
