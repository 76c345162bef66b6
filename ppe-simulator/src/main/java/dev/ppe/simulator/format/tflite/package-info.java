/**
 * TensorFlow Lite files ({@code .tflite}) to graphs.
 *
 * <p>{@link dev.ppe.simulator.format.tflite.TfliteReader} is the entry and reads top to bottom.
 * {@code FlatBuffer} reads tables that nobody vouches for, {@code TensorReader} and {@code
 * OperatorReader} the two lists of a model, {@code OperatorMapping} says what each operator
 * becomes, {@code ShapePropagation} gives every tensor its shape. Weights are neither read nor
 * copied: only lengths of data, and the small constants that are attributes, such as the target of
 * a reshape.
 */
@NullMarked
package dev.ppe.simulator.format.tflite;

import org.jspecify.annotations.NullMarked;
