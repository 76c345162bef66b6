/**
 * Graphs to TensorFlow Lite files.
 *
 * <p>{@link dev.ppe.simulator.format.tflite.export.TfliteWriter} is the entry. {@code
 * OperatorWriter} says what each operator becomes, {@code OperatorVersions} which version of it,
 * {@code ModelAssembly} collects tensors and operators and lays them out.
 */
@NullMarked
package dev.ppe.simulator.format.tflite.export;

import org.jspecify.annotations.NullMarked;
