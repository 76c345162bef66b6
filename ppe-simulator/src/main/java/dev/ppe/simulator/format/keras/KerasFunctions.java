package dev.ppe.simulator.format.keras;

import static dev.ppe.simulator.format.keras.KerasValues.bool;
import static dev.ppe.simulator.format.keras.KerasValues.tuple;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Operators of one result without parameters: a layer of Keras where there is one, else a function
 * of {@code keras.ops}. A table of them, hence longer than most files.
 */
record KerasFunctions(KerasValues values) {

  /** An operator of one result without parameters. */
  String of(Node node) {
    Graph graph = values.graph();
    String x = values.operand(node, 0);
    Shape input = graph.input(node, 0).shape();
    Shape output = graph.output(node, 0).shape();
    return switch (node.operator()) {
      case Operator.GlobalPool2d pool ->
          "layers.Global%sPooling2D(keepdims=True, name=%s)(%s)"
              .formatted(pool.function() == PoolFunction.MAX ? "Max" : "Average", name(node), x);
      case Operator.Unary unary -> unary(node, unary.function(), x);
      case Operator.Softmax softmax ->
          "layers.Softmax(axis=%d, name=%s)(%s)".formatted(softmax.axis(), name(node), x);
      case Operator.LogSoftmax softmax ->
          "ops.log_softmax(%s, axis=%d)".formatted(x, softmax.axis());
      case Operator.Reduce reduce ->
          "ops.%s(%s, axis=%s, keepdims=%s)"
              .formatted(
                  switch (reduce.function()) {
                    case MEAN -> "mean";
                    case SUM -> "sum";
                    case MAX -> "max";
                    case MIN -> "min";
                    case PRODUCT -> "prod";
                  },
                  x,
                  tuple(reduce.axes()),
                  bool(reduce.keepDimensions()));
      case Operator.ArgMax argMax ->
          "ops.argmax(%s, axis=%d, keepdims=%s)"
              .formatted(x, argMax.axis(), bool(argMax.keepDimensions()));
      case Operator.BatchMatMul matmul ->
          "ops.matmul(%s, %s)"
              .formatted(
                  swapped(node, 0, matmul.transposeLeft()),
                  swapped(node, 1, matmul.transposeRight()));
      case Operator.Resize resize ->
          "layers.Resizing(%d, %d, interpolation=\"%s\", name=%s)(%s)"
              .formatted(
                  resize.height(),
                  resize.width(),
                  resize.method() == ResizeMethod.BILINEAR ? "bilinear" : "nearest",
                  name(node),
                  x);
      case Operator.Pad pad ->
          "ops.pad(%s, %s, mode=\"%s\")"
              .formatted(
                  x,
                  IntStream.range(0, pad.before().size())
                      .mapToObj(i -> "(%d, %d)".formatted(pad.before().get(i), pad.after().get(i)))
                      .collect(Collectors.joining(", ", "(", ",)")),
                  pad.mode().name().toLowerCase(Locale.ROOT));
      case Operator.Slice slice ->
          "ops.slice(%s, %s, %s)".formatted(x, tuple(slice.begin()), tuple(slice.size()));
      case Operator.StridedSlice slice -> "%s[%s]".formatted(x, indices(slice));
      case Operator.Reshape reshape -> "ops.reshape(%s, %s)".formatted(x, tuple(output.toList()));
      case Operator.Squeeze squeeze -> "ops.reshape(%s, %s)".formatted(x, tuple(output.toList()));
      case Operator.ExpandDims expand -> "ops.expand_dims(%s, %d)".formatted(x, expand.axis());
      case Operator.Transpose transpose ->
          "ops.transpose(%s, %s)".formatted(x, tuple(transpose.permutation()));
      case Operator.DepthToSpace depth -> depthToSpace(x, depth.block(), output);
      case Operator.SpaceToDepth space -> spaceToDepth(x, space.block(), input, output);
      case Operator.Cast cast -> "ops.cast(%s, \"%s\")".formatted(x, type(cast.to()));
      case Operator.Quantize quantize -> x; // training computes with floats throughout
      case Operator.Dequantize dequantize -> x;
      default ->
          throw new IllegalArgumentException("no layer of Keras is a " + node.operator().kind());
    };
  }

  private String swapped(Node node, int position, boolean transposed) {
    String x = values.operand(node, position);
    return transposed ? "ops.swapaxes(%s, -1, -2)".formatted(x) : x;
  }

  private static String depthToSpace(String x, int block, Shape output) {
    List<Integer> apart =
        List.of(
            output.dim(0),
            output.dim(1) / block,
            output.dim(2) / block,
            block,
            block,
            output.dim(3));
    return "ops.reshape(ops.transpose(ops.reshape(%s, %s), (0, 1, 3, 2, 4, 5)), %s)"
        .formatted(x, tuple(apart), tuple(output.toList()));
  }

  private static String spaceToDepth(String x, int block, Shape input, Shape output) {
    List<Integer> apart =
        List.of(input.dim(0), output.dim(1), block, output.dim(2), block, input.dim(3));
    return "ops.reshape(ops.transpose(ops.reshape(%s, %s), (0, 1, 3, 2, 4, 5)), %s)"
        .formatted(x, tuple(apart), tuple(output.toList()));
  }

  private static String indices(Operator.StridedSlice slice) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < slice.begin().size(); i++) {
      if ((slice.ellipsisMask() >> i & 1) != 0) {
        entries.add("...");
      } else if ((slice.newAxisMask() >> i & 1) != 0) {
        entries.add("None");
      } else if ((slice.shrinkAxisMask() >> i & 1) != 0) {
        entries.add(slice.begin().get(i).toString());
      } else {
        String begin = (slice.beginMask() >> i & 1) != 0 ? "" : slice.begin().get(i).toString();
        String end = (slice.endMask() >> i & 1) != 0 ? "" : slice.end().get(i).toString();
        entries.add(begin + ":" + end + ":" + slice.strides().get(i));
      }
    }
    return String.join(", ", entries);
  }

  private String unary(Node node, UnaryFunction function, String x) {
    String layer =
        switch (function) {
          case RELU -> "ReLU(";
          case RELU6 -> "ReLU(max_value=6.0, ";
          case LEAKY_RELU -> "LeakyReLU(negative_slope=0.01, ";
          case ELU -> "ELU(";
          case LOGISTIC -> "Activation(\"sigmoid\", ";
          case TANH -> "Activation(\"tanh\", ";
          case HARD_SWISH -> "Activation(\"hard_swish\", ";
          case GELU -> "Activation(\"gelu\", ";
          default -> "";
        };
    return layer.isEmpty()
        ? unaryFunction(function).formatted(x)
        : "layers." + layer + "name=" + name(node) + ")(" + x + ")";
  }

  private static String unaryFunction(UnaryFunction function) {
    return switch (function) {
      case RELU_N1_TO_1 -> "ops.clip(%s, -1.0, 1.0)";
      case NEG -> "ops.negative(%s)";
      default -> "ops." + function.name().toLowerCase(Locale.ROOT) + "(%s)";
    };
  }

  private String name(Node node) {
    return values.names().layer(node.name());
  }

  private static String type(DataType type) {
    return switch (type) {
      case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> type.name().toLowerCase(Locale.ROOT);
      case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64, BOOL ->
          type.name().toLowerCase(Locale.ROOT);
      case INT4, OPAQUE -> throw new IllegalArgumentException("Keras has no type " + type);
    };
  }
}
