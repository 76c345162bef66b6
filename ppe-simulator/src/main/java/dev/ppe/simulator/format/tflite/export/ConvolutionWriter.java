package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.format.tflite.BuiltinOperator;
import dev.ppe.simulator.format.tflite.TfliteReader;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions, pooling, matrix products and recurrent cells. Explicit padding, which TensorFlow
 * Lite's windows do not have, becomes an operator before.
 */
final class ConvolutionWriter {
  /** Readers may cut longer names at the end. */
  private static final int LONGEST_NAME = 40;

  private static final int SAME = 0;
  private static final int VALID = 1;
  private static final int TANH = 4;
  private static final int LSTM_OPERANDS = 20;
  private static final int LSTM_OPERANDS_WITH_NORMALISATION = 24;

  private final Emitter out;

  ConvolutionWriter(Emitter out) {
    this.out = out;
  }

  void conv(Node node, Operator.Conv2d conv) {
    Window window = conv.window();
    List<Integer> operands = biased(node, padded(node, window, false));
    out.activated(
        node,
        conv.activation(),
        (activation, result) ->
            out.emit(
                BuiltinOperator.CONV_2D,
                conv.groups() > 1
                    ? 6
                    : window.dilationHeight() * window.dilationWidth() > 1 ? 2 : 1,
                OptionsTable.of(1)
                    .int8(0, padding(window))
                    .int32(1, window.strideWidth())
                    .int32(2, window.strideHeight())
                    .int8(3, activation)
                    .int32(4, window.dilationWidth())
                    .int32(5, window.dilationHeight()),
                operands,
                List.of(result)));
  }

  void depthwise(Node node, Operator.DepthwiseConv2d conv) {
    Window window = conv.window();
    List<Integer> operands = padded(node, window, false);
    out.activated(
        node,
        conv.activation(),
        (activation, result) ->
            out.emit(
                BuiltinOperator.DEPTHWISE_CONV_2D,
                window.dilationHeight() * window.dilationWidth() > 1 ? 2 : 1,
                OptionsTable.of(2)
                    .int8(0, padding(window))
                    .int32(1, window.strideWidth())
                    .int32(2, window.strideHeight())
                    .int32(3, conv.depthMultiplier())
                    .int8(4, activation)
                    .int32(5, window.dilationWidth())
                    .int32(6, window.dilationHeight()),
                operands,
                List.of(result)));
  }

  /**
   * Operands in the file: the output's shape, weights, input, bias. Activations are operators of
   * their own, since kernels have fused them only since 2023; and what an explicit padding cuts off
   * is cut off behind.
   */
  void transpose(Node node, Operator.TransposeConv2d conv) {
    out.apart(
        node,
        conv.activation(),
        (activation, result) -> {
          Padding padding = conv.window().padding();
          Shape shape = out.graph().output(node, 0).shape();
          if (padding.same() || padding.equals(Padding.VALID)) {
            transpose(node, conv, shape, result);
            return;
          }
          Shape whole =
              shape
                  .with(1, shape.dim(1) + padding.top() + padding.bottom())
                  .with(2, shape.dim(2) + padding.left() + padding.right());
          int uncut = out.part(node, "uncut", result, whole);
          transpose(node, conv, whole, uncut);
          int begin = out.integers(node, "begin", List.of(0, padding.top(), padding.left(), 0));
          int size = out.integers(node, "size", shape.toList());
          out.emit(
              BuiltinOperator.SLICE,
              OptionsTable.of(48),
              List.of(uncut, begin, size),
              List.of(result));
        });
  }

  private void transpose(Node node, Operator.TransposeConv2d conv, Shape shape, int result) {
    Window window = conv.window();
    List<Integer> operands = new ArrayList<>();
    operands.add(out.integers(node, "shape", shape.toList()));
    operands.add(node.inputs().get(1));
    operands.add(node.inputs().getFirst());
    if (node.hasInput(2)) {
      operands.add(node.inputs().get(2));
    }
    out.emit(
        BuiltinOperator.TRANSPOSE_CONV,
        node.hasInput(2) ? 3 : 1,
        OptionsTable.of(49)
            .int8(0, padding(window))
            .int32(1, window.strideWidth())
            .int32(2, window.strideHeight()),
        operands,
        List.of(result));
  }

  void pool(Node node, Operator.Pool2d pool) {
    Window window = pool.window();
    boolean max = pool.function() == PoolFunction.MAX;
    List<Integer> operands = padded(node, window, max);
    out.activated(
        node,
        pool.activation(),
        (activation, result) ->
            out.emit(
                max ? BuiltinOperator.MAX_POOL_2D : BuiltinOperator.AVERAGE_POOL_2D,
                OptionsTable.of(5)
                    .int8(0, padding(window))
                    .int32(1, window.strideWidth())
                    .int32(2, window.strideHeight())
                    .int32(3, window.kernelWidth())
                    .int32(4, window.kernelHeight())
                    .int8(5, activation),
                operands,
                List.of(result)));
  }

  void fullyConnected(Node node, Operator.FullyConnected fc) {
    int version = !node.hasInput(2) ? 6 : fc.keepDimensions() ? 5 : 1;
    out.activated(
        node,
        fc.activation(),
        (activation, result) ->
            out.emit(
                BuiltinOperator.FULLY_CONNECTED,
                version,
                OptionsTable.of(8)
                    .int8(0, activation)
                    .int8(1, 0)
                    .bool(2, fc.keepDimensions())
                    .bool(3, false),
                node.inputs(),
                List.of(result)));
  }

  void batchMatMul(Node node, Operator.BatchMatMul matmul) {
    out.emit(
        BuiltinOperator.BATCH_MATMUL,
        OptionsTable.of(101)
            .bool(0, matmul.transposeLeft())
            .bool(1, matmul.transposeRight())
            .bool(2, false),
        node.inputs(),
        node.outputs());
  }

  /** Runtimes take 20 operands, or 24 with layer normalisation. */
  void lstm(Node node, Operator.UnidirectionalLstm lstm) {
    List<Integer> operands = new ArrayList<>(node.inputs());
    int count = operands.size() > LSTM_OPERANDS ? LSTM_OPERANDS_WITH_NORMALISATION : LSTM_OPERANDS;
    while (operands.size() < count) {
      operands.add(Node.ABSENT);
    }
    out.emit(
        BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM,
        OptionsTable.of(71)
            .int8(0, TANH)
            .float32(1, 0)
            .float32(2, 0)
            .bool(3, lstm.timeMajor())
            .bool(4, false),
        operands,
        node.outputs());
  }

  /** Runtimes take no convolution without a bias: one of zeros, whose name says that it is none. */
  private List<Integer> biased(Node node, List<Integer> operands) {
    if (node.hasInput(2)) {
      return operands;
    }
    int weights = node.inputs().get(1);
    Shape shape = Shape.of(out.graph().output(node, 0).shape().dim(3));
    DataType type =
        out.graph().tensor(weights).type().isFloat() ? DataType.FLOAT32 : DataType.INT32;
    Content zeros = new Content.Zeros((int) type.bytes(shape.elements()));
    int bias =
        out.file()
            .tensor(
                node.name().substring(Math.max(0, node.name().length() - LONGEST_NAME))
                    + TfliteReader.ABSENT_BIAS,
                shape,
                type,
                out.plan().biasOf(node.inputs().getFirst(), weights),
                false,
                zeros);
    return List.of(operands.getFirst(), operands.get(1), bias);
  }

  private static int padding(Window window) {
    return window.padding().same() ? SAME : VALID;
  }

  /** The operands with the input padded, if the window says by how much. */
  private List<Integer> padded(Node node, Window window, boolean max) {
    Padding padding = window.padding();
    if (padding.same() || padding.equals(Padding.VALID)) {
      return node.inputs();
    }
    int input = node.inputs().getFirst();
    Shape shape = out.graph().input(node, 0).shape();
    Shape larger =
        shape
            .with(1, shape.dim(1) + padding.top() + padding.bottom())
            .with(2, shape.dim(2) + padding.left() + padding.right());
    int padded = out.part(node, "pad", input, larger);
    List<Integer> amounts =
        List.of(0, 0, padding.top(), padding.bottom(), padding.left(), padding.right(), 0, 0);
    int operand = out.integers(node, "padding", Shape.of(4, 2), amounts);
    if (max) { // what no window picks
      int lowest = out.number(node, "lowest", input, -Float.MAX_VALUE);
      out.emit(
          BuiltinOperator.PADV2,
          OptionsTable.of(43),
          List.of(input, operand, lowest),
          List.of(padded));
    } else {
      out.emit(BuiltinOperator.PAD, OptionsTable.of(22), List.of(input, operand), List.of(padded));
    }
    List<Integer> operands = new ArrayList<>(node.inputs());
    operands.set(0, padded);
    return operands;
  }
}
