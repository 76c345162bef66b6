package dev.ppe.simulator.format.onnx.file;

/**
 * An ONNX file.
 *
 * @param opset the version of ONNX's own operator set, 0 if none is given
 */
public record StoredModel(long opset, StoredGraph graph) {}
