/**
 * Timelines as files that Perfetto and Chrome open.
 *
 * <p>{@link dev.ppe.client.report.trace.TraceWriter} writes the file, {@link
 * dev.ppe.client.report.trace.TraceEvents} its events.
 */
@NullMarked
package dev.ppe.client.report.trace;

import org.jspecify.annotations.NullMarked;
