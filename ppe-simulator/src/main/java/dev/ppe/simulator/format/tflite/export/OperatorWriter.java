package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.format.tflite.BuiltinOperator;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import java.util.List;
import java.util.Optional;

/** What each operator of a canonical graph becomes in a file. */
final class OperatorWriter {
  private static final List<Integer> ROWS_AND_COLUMNS = List.of(1, 2);

  private final Emitter out;
  private final ConvolutionWriter convolutions;
  private final ElementwiseWriter elementwise;
  private final LayoutWriter layout;

  OperatorWriter(Emitter out) {
    this.out = out;
    this.convolutions = new ConvolutionWriter(out);
    this.elementwise = new ElementwiseWriter(out);
    this.layout = new LayoutWriter(out);
  }

  void write(Node node) {
    switch (node.operator()) {
      case Operator.Conv2d conv -> convolutions.conv(node, conv);
      case Operator.DepthwiseConv2d conv -> convolutions.depthwise(node, conv);
      case Operator.TransposeConv2d conv -> convolutions.transpose(node, conv);
      case Operator.Pool2d pool -> convolutions.pool(node, pool);
      case Operator.FullyConnected fc -> convolutions.fullyConnected(node, fc);
      case Operator.BatchMatMul matmul -> convolutions.batchMatMul(node, matmul);
      case Operator.UnidirectionalLstm lstm -> convolutions.lstm(node, lstm);

      case Operator.GlobalPool2d pool ->
          elementwise.reduce(node, reduction(pool.function()), ROWS_AND_COLUMNS, true);
      case Operator.Reduce reduce ->
          elementwise.reduce(node, reduce.function(), reduce.axes(), reduce.keepDimensions());
      case Operator.ArgMax argMax -> elementwise.argMax(node, argMax);
      case Operator.Binary binary -> elementwise.binary(node, binary);
      case Operator.Unary unary -> elementwise.unary(node, unary);
      case Operator.PRelu prelu -> elementwise.plain(node, BuiltinOperator.PRELU, 0);
      case Operator.Softmax softmax -> elementwise.softmax(node, softmax.axis());
      case Operator.LogSoftmax softmax -> elementwise.logSoftmax(node, softmax.axis());
      case Operator.LayerNorm norm -> elementwise.layerNorm(node, norm);
      case Operator.Gather gather -> elementwise.gather(node, gather);
      case Operator.Cast cast -> elementwise.cast(node, cast);
      case Operator.Quantize q -> elementwise.plain(node, BuiltinOperator.QUANTIZE, 89);
      case Operator.Dequantize d -> elementwise.plain(node, BuiltinOperator.DEQUANTIZE, 38);

      case Operator.Concat concat -> layout.concat(node, concat);
      case Operator.Split split -> layout.split(node, split);
      case Operator.Slice slice -> layout.slice(node, slice);
      case Operator.StridedSlice slice -> layout.stridedSlice(node, slice);
      case Operator.Pad pad -> layout.pad(node, pad);
      case Operator.Reshape reshape -> layout.reshape(node, reshape);
      case Operator.Squeeze squeeze -> layout.squeeze(node, squeeze);
      case Operator.ExpandDims expand -> layout.expandDims(node, expand);
      case Operator.Transpose transpose -> layout.transpose(node, transpose);
      case Operator.Resize resize -> layout.resize(node, resize);
      case Operator.DepthToSpace depth -> layout.depthToSpace(node, depth);
      case Operator.SpaceToDepth space -> layout.spaceToDepth(node, space);

      case Operator.Custom custom -> custom(node, custom.name());
    }
  }

  private static ReduceFunction reduction(PoolFunction function) {
    return switch (function) {
      case AVERAGE -> ReduceFunction.MEAN;
      case MAX -> ReduceFunction.MAX;
    };
  }

  /** The importer keeps built-in operators that it does not know as custom ones of their name. */
  private void custom(Node node, String name) {
    Optional<BuiltinOperator> builtin =
        BuiltinOperator.named(name).filter(operator -> operator != BuiltinOperator.CUSTOM);
    if (builtin.isPresent()) {
      out.emit(builtin.get(), OptionsTable.NONE, node.inputs(), node.outputs());
    } else {
      out.file().custom(name, node.inputs(), node.outputs());
    }
  }
}
