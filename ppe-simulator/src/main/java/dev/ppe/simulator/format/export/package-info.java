/**
 * What the writers of model files share: weights for networks that have none, quantisation
 * parameters that fit together, and group convolutions for formats and tools that lack them.
 *
 * <p>The writers are {@link dev.ppe.simulator.format.tflite.export.TfliteWriter}, {@link
 * dev.ppe.simulator.format.onnx.export.OnnxWriter} and {@link
 * dev.ppe.simulator.format.keras.KerasWriter}.
 */
@NullMarked
package dev.ppe.simulator.format.export;

import org.jspecify.annotations.NullMarked;
