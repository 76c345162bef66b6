/**
 * What an ONNX file says, as records: the only place that knows protobuf and ONNX's field numbers.
 *
 * <p>{@link dev.ppe.simulator.format.onnx.file.ModelParser} is the entry. {@code ProtoReader} reads
 * messages that nobody vouches for; weights are passed over, of which only the place is kept.
 */
@NullMarked
package dev.ppe.simulator.format.onnx.file;

import org.jspecify.annotations.NullMarked;
