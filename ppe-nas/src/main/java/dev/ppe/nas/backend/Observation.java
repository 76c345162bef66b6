package dev.ppe.nas.backend;

import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.space.Point;

/** A point and what became of it. */
public record Observation(Point point, Outcome outcome) {}
