/**
 * ONNX files ({@code .onnx}) to graphs.
 *
 * <p>{@link dev.ppe.simulator.format.onnx.OnnxReader} is the entry. {@code file} reads what the
 * bytes say; {@code Translation} goes through the nodes, {@code OperatorMapping} says what each
 * becomes, and a class for each family of operators does it. {@code Value} is what a name stands
 * for and {@code AxisOrder} how its axes lie in the graph's tensor: this is how NCHW becomes NHWC
 * without transpositions. {@code Tail}, {@code Idioms}, {@code IntegerRegions} and {@code Folding}
 * are what a compiler would do first, so that a network costs the same whichever tool wrote it.
 */
@NullMarked
package dev.ppe.simulator.format.onnx;

import org.jspecify.annotations.NullMarked;
