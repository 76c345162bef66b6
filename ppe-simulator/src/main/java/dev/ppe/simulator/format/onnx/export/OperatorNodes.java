package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.format.export.QuantizationPlan;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What each operator of a canonical graph becomes in a file. */
final class OperatorNodes {
  /** Where operators stand that ONNX does not define. */
  static final String CUSTOM_DOMAIN = "custom";

  private final Values values;
  private final ConvolutionNodes convolutions;
  private final MatrixNodes matrices;
  private final ElementwiseNodes elementwise;
  private final LayoutNodes layout;

  OperatorNodes(Values values) {
    this.values = values;
    this.convolutions = new ConvolutionNodes(values);
    this.matrices = new MatrixNodes(values);
    this.elementwise = new ElementwiseNodes(values);
    this.layout = new LayoutNodes(values);
  }

  /** Throws {@link IllegalArgumentException} with the reason if the format cannot express it. */
  void write(Node node) {
    requireReals(node);
    switch (node.operator()) {
      case Operator.Conv2d conv -> convolutions.conv(node, conv);
      case Operator.DepthwiseConv2d conv -> convolutions.depthwise(node, conv);
      case Operator.TransposeConv2d conv -> convolutions.transpose(node, conv);
      case Operator.Pool2d pool -> convolutions.pool(node, pool);
      case Operator.GlobalPool2d pool -> convolutions.global(node, pool);
      case Operator.Resize resize -> convolutions.resize(node, resize);
      case Operator.DepthToSpace depth ->
          convolutions.plain(node, "DepthToSpace", Attribute.whole("blocksize", depth.block()));
      case Operator.SpaceToDepth space ->
          convolutions.plain(node, "SpaceToDepth", Attribute.whole("blocksize", space.block()));

      case Operator.FullyConnected fc -> matrices.fullyConnected(node, fc);
      case Operator.BatchMatMul matmul -> matrices.batched(node, matmul);
      case Operator.UnidirectionalLstm lstm -> new RecurrentNodes(values).lstm(node, lstm);

      case Operator.Reduce reduce -> elementwise.reduce(node, reduce);
      case Operator.ArgMax argMax -> elementwise.argMax(node, argMax);
      case Operator.Binary binary -> elementwise.binary(node, binary);
      case Operator.Unary unary -> elementwise.unary(node, unary);
      case Operator.PRelu prelu -> elementwise.prelu(node);
      case Operator.Softmax softmax -> elementwise.along(node, "Softmax", softmax.axis());
      case Operator.LogSoftmax softmax -> elementwise.along(node, "LogSoftmax", softmax.axis());
      case Operator.LayerNorm norm -> elementwise.layerNorm(node, norm);
      case Operator.Cast cast -> elementwise.cast(node, cast);
      case Operator.Quantize quantize -> elementwise.quantize(node);
      case Operator.Dequantize dequantize -> elementwise.dequantize(node);

      case Operator.Concat concat -> layout.concat(node, concat);
      case Operator.Split split -> layout.split(node, split);
      case Operator.Slice slice -> layout.slice(node, slice);
      case Operator.StridedSlice slice -> layout.stridedSlice(node, slice);
      case Operator.Pad pad -> layout.pad(node, pad);
      case Operator.Reshape reshape -> layout.reshape(node, "shape");
      case Operator.Squeeze squeeze -> layout.squeeze(node, squeeze);
      case Operator.ExpandDims expand -> layout.expandDims(node, expand);
      case Operator.Transpose transpose -> layout.transpose(node, transpose);
      case Operator.Gather gather -> layout.gather(node, gather);

      case Operator.Custom custom -> custom(node, custom.name());
    }
  }

  /** An operator over reals, or over integers that stand for them, gives such. */
  private void requireReals(Node node) {
    if (QuantizationPlan.weighs(node.operator())
        && !values.type(node.outputs().getFirst()).isFloat()
        && !values.isQuantized(node.outputs().getFirst())) {
      throw new IllegalArgumentException(
          "its sums are not quantised, and are written for reals and 8-bit results alone");
    }
  }

  /** The network's own axis orders, since nothing is known of others; results are declared. */
  private void custom(Node node, String name) {
    List<String> operands =
        node.inputs().stream()
            .map(input -> input == Node.ABSENT ? "" : values.plain(input))
            .toList();
    values.declaredResults(
        node, results -> values.file().operator(node, CUSTOM_DOMAIN, name, operands, results));
  }

  /** Writes the only result of a node, with its fused activation as a node behind it. */
  static void activated(
      Values values, Node node, Activation activation, Layout layout, Consumer<String> body) {
    values.result(
        node,
        layout,
        result -> {
          if (activation == Activation.NONE) {
            body.accept(result);
          } else {
            String linear = values.file().unique(result + "/linear");
            body.accept(linear);
            new Functions(values.file(), Optional.empty()).write(activation, linear, result);
          }
        });
  }
}
