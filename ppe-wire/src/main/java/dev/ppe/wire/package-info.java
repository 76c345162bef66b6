/**
 * Between the wire contract's messages and the simulator's records: the one place that knows both.
 *
 * <p>Start at {@link dev.ppe.wire.LocalEstimator}, which answers a request: the server puts it
 * behind gRPC and the command line calls it directly, so both give the same answers to the last
 * digit. {@link dev.ppe.wire.GraphCodec}, {@link dev.ppe.wire.AcceleratorCodec} and {@link
 * dev.ppe.wire.EvaluationCodec} convert; {@link dev.ppe.wire.Statuses} gives every failure its gRPC
 * code.
 */
@NullMarked
package dev.ppe.wire;

import org.jspecify.annotations.NullMarked;
