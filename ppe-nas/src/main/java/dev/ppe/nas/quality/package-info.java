/**
 * How good a candidate is at its task, which the simulator cannot tell: {@link
 * dev.ppe.nas.quality.QualitySource} and its kinds, a table, a command for each candidate, and a
 * proxy that says that it is one.
 */
@NullMarked
package dev.ppe.nas.quality;

import org.jspecify.annotations.NullMarked;
