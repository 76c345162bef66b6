/**
 * How well predictions agree with measurements, and how well they would by a mere fit.
 *
 * <p>Nothing here knows of networks or hardware. Start at {@link
 * dev.ppe.simulator.validation.statistics.Agreement}.
 */
@NullMarked
package dev.ppe.simulator.validation.statistics;

import org.jspecify.annotations.NullMarked;
