package dev.ppe.simulator.validation.subject;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Tensor;

/**
 * Networks as quantised before int8: uint8 with one scale a tensor, weights too, as in the models
 * that were published with {@code quant} in their names up to 2020.
 */
final class PerTensorUint8 {
  private static final Quantization BYTES = new Quantization.PerTensor(1f / 128, 128);
  private static final Quantization ACCUMULATORS = new Quantization.PerTensor(1f / (128 * 128), 0);

  private PerTensorUint8() {}

  /** An int8 network in that form. */
  static Graph of(Graph graph) {
    return new Graph(
        graph.name(),
        graph.tensors().stream().map(PerTensorUint8::of).toList(),
        graph.nodes(),
        graph.inputs(),
        graph.outputs());
  }

  private static Tensor of(Tensor tensor) {
    if (tensor.type() == DataType.INT8) {
      return tensor.withType(DataType.UINT8, BYTES);
    }
    return tensor.quantization() instanceof Quantization.PerChannel
        ? tensor.withType(tensor.type(), ACCUMULATORS)
        : tensor;
  }
}
