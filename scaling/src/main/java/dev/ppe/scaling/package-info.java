/**
 * A discrete-event simulation of workers that ask replicas: what balancing, subsetting and caching
 * do at sizes that nobody has at hand. {@link dev.ppe.scaling.Simulation} is the main path, {@link
 * dev.ppe.scaling.Report} prints the tables of docs/scaling.md.
 */
@NullMarked
package dev.ppe.scaling;

import org.jspecify.annotations.NullMarked;
