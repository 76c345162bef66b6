/**
 * Graphs to ONNX files.
 *
 * <p>{@link dev.ppe.simulator.format.onnx.export.OnnxWriter} is the entry. {@code OperatorNodes}
 * says what each operator becomes, {@code Values} in which axis order and as what numbers each
 * tensor is there, {@code OnnxFile} collects nodes and stored values, {@code Message} writes them.
 */
@NullMarked
package dev.ppe.simulator.format.onnx.export;

import org.jspecify.annotations.NullMarked;
