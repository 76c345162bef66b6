package dev.ppe.nas.quality;

import dev.ppe.nas.space.Point;
import dev.ppe.simulator.graph.Graph;

/**
 * A point and its network.
 *
 * @param trial its number in the search, from 0
 */
public record Candidate(long trial, Point point, Graph graph) {}
