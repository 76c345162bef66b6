/**
 * Model files to graphs: the only place that knows the file formats.
 *
 * <p>Start at {@link dev.ppe.simulator.format.ModelReader}, which recognises a format by its
 * content. Whatever the bytes are, reading them ends in a verified graph or in one of three
 * exceptions: {@link dev.ppe.simulator.format.ModelFormatException}, {@link
 * dev.ppe.simulator.graph.GraphException} and {@link
 * dev.ppe.simulator.graph.GraphTooLargeException}.
 */
@NullMarked
package dev.ppe.simulator.format;

import org.jspecify.annotations.NullMarked;
