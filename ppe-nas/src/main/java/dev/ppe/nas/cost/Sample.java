package dev.ppe.nas.cost;

import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.space.Point;

/**
 * A point and what the service said of it.
 *
 * @param number its place in the order in which points were drawn, from 0
 */
public record Sample(long number, Point point, Metrics metrics) {}
