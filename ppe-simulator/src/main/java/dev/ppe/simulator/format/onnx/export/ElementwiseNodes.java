package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.format.onnx.OnnxReader;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Elementwise operators, reductions and normalisations, in whatever axis order a tensor is. */
final class ElementwiseNodes {
  private final Values values;
  private final OnnxFile file;

  ElementwiseNodes(Values values) {
    this.values = values;
    this.file = values.file();
  }

  void unary(Node node, Operator.Unary unary) {
    int input = node.inputs().getFirst();
    String x = values.real(input);
    values.result(
        node,
        values.layout(input),
        result -> new Functions(file, Optional.of(node)).write(unary.function(), x, result));
  }

  void binary(Node node, Operator.Binary binary) {
    Layout layout = common(node);
    String left = aligned(node.inputs().getFirst(), layout);
    String right = aligned(node.inputs().get(1), layout);
    OperatorNodes.activated(
        values,
        node,
        binary.activation(),
        layout,
        result -> binary(node, binary.function(), left, right, result));
  }

  private void binary(
      Node node, BinaryFunction function, String left, String right, String result) {
    String type =
        switch (function) {
          case ADD -> "Add";
          case SUB, SQUARED_DIFFERENCE -> "Sub";
          case MUL -> "Mul";
          case DIV -> "Div";
          case MINIMUM -> "Min";
          case MAXIMUM -> "Max";
          case POW -> "Pow";
        };
    if (function == BinaryFunction.SQUARED_DIFFERENCE) {
      String difference = file.unique(result + "/difference");
      file.node(type, node.name() + "/sub", List.of(left, right), List.of(difference));
      file.operator(node, "Mul", List.of(difference, difference), List.of(result));
    } else {
      file.operator(node, type, List.of(left, right), List.of(result));
    }
  }

  void prelu(Node node) {
    Layout layout = common(node);
    List<String> operands =
        List.of(aligned(node.inputs().getFirst(), layout), aligned(node.inputs().get(1), layout));
    values.result(node, layout, result -> file.operator(node, "PRelu", operands, List.of(result)));
  }

  /** An order in which the operands broadcast: only stored ones can take on any. */
  private Layout common(Node node) {
    int rank = values.shape(node.outputs().getFirst()).rank();
    boolean computedOnesAgree =
        node.inputs().stream()
            .allMatch(input -> values.isStored(input) || values.shape(input).rank() == rank);
    return computedOnesAgree ? values.layout(node, rank) : Layout.plain(rank);
  }

  /** An operand in an order of the result's axes, of which it may lack the outermost. */
  private String aligned(int tensor, Layout layout) {
    Shape shape = values.shape(tensor);
    int missing = layout.axes().size() - shape.rank();
    if (missing == 0) {
      return values.operand(tensor, layout);
    }
    if (layout.isPlain() || !values.isStored(tensor)) {
      return values.operand(tensor, Layout.plain(shape.rank()));
    }
    List<Integer> expanded = new ArrayList<>(Collections.nCopies(missing, 1));
    expanded.addAll(shape.toList());
    List<Integer> axes = layout.axes().stream().map(axis -> axis - missing).toList();
    return values.weights(tensor, axes, layout.arrange(expanded));
  }

  void reduce(Node node, Operator.Reduce reduce) {
    int input = node.inputs().getFirst();
    Layout layout = values.layout(input);
    String x = values.real(input);
    List<Integer> axes = reduce.axes().stream().map(layout::file).sorted().toList();
    Layout left = reduce.keepDimensions() ? layout : layout.without(reduce.axes());
    Message keep = Attribute.flag("keepdims", reduce.keepDimensions());
    values.result(
        node,
        left,
        result -> {
          if (reduce.function() == ReduceFunction.SUM) {
            String operand = file.integers(node.name() + "/axes", axes);
            file.operator(node, "ReduceSum", List.of(x, operand), List.of(result), keep);
          } else {
            file.operator(
                node,
                reduction(reduce.function()),
                List.of(x),
                List.of(result),
                Attribute.wholes("axes", axes),
                keep);
          }
        });
  }

  private static String reduction(ReduceFunction function) {
    return switch (function) {
      case MEAN -> "ReduceMean";
      case SUM -> "ReduceSum";
      case MAX -> "ReduceMax";
      case MIN -> "ReduceMin";
      case PRODUCT -> "ReduceProd";
    };
  }

  /** Indices are 64-bit in the file; others are converted. */
  void argMax(Node node, Operator.ArgMax argMax) {
    int input = node.inputs().getFirst();
    Layout layout = values.layout(input);
    String x = values.name(input); // integers compare as their reals do
    Layout left = argMax.keepDimensions() ? layout : layout.without(List.of(argMax.axis()));
    Message axis = Attribute.whole("axis", layout.file(argMax.axis()));
    Message keep = Attribute.flag("keepdims", argMax.keepDimensions());
    values.storedResults(
        node,
        left,
        names -> {
          String result = names.getFirst();
          boolean converted = argMax.outputType() != DataType.INT64;
          String index = converted ? file.unique(result + "/index") : result;
          file.operator(node, "ArgMax", List.of(x), List.of(index), axis, keep);
          if (converted) {
            file.node(
                "Cast",
                node.name() + "/cast",
                List.of(index),
                List.of(result),
                to(argMax.outputType()));
          }
        });
  }

  /** From and to integers as they are stored. */
  void cast(Node node, Operator.Cast cast) {
    int input = node.inputs().getFirst();
    String x = values.name(input);
    values.storedResults(
        node,
        values.layout(input),
        names -> file.operator(node, "Cast", List.of(x), names, to(cast.to())));
  }

  private static Message to(DataType type) {
    return Attribute.whole("to", ElementCodes.of(type));
  }

  void along(Node node, String type, int axis) {
    int input = node.inputs().getFirst();
    Layout layout = values.layout(input);
    String x = values.real(input);
    values.result(
        node,
        layout,
        result ->
            file.operator(
                node,
                type,
                List.of(x),
                List.of(result),
                Attribute.whole("axis", layout.file(axis))));
  }

  void layerNorm(Node node, Operator.LayerNorm norm) {
    int input = node.inputs().getFirst();
    Shape shape = values.shape(input);
    Layout plain = Layout.plain(shape.rank());
    List<String> operands = new ArrayList<>(List.of(values.real(input, plain)));
    operands.add(node.hasInput(1) ? parameter(node.inputs().get(1)) : ones(node, shape, norm));
    if (node.hasInput(2)) {
      operands.add(parameter(node.inputs().get(2)));
    }
    values.result(
        node,
        plain,
        result ->
            file.operator(
                node,
                "LayerNormalization",
                operands,
                List.of(result),
                Attribute.whole("axis", -norm.axes())));
  }

  private String parameter(int tensor) {
    return values.operand(tensor, Layout.plain(values.shape(tensor).rank()));
  }

  /** A scale is no option in the file. */
  private String ones(Node node, Shape shape, Operator.LayerNorm norm) {
    List<Integer> axes = shape.toList().subList(shape.rank() - norm.axes(), shape.rank());
    int elements = axes.stream().reduce(1, Math::multiplyExact);
    return file.store(
        node.name() + OnnxReader.ABSENT_SCALE,
        axes,
        DataType.FLOAT32,
        (long) Float.BYTES * elements,
        target -> IntStream.range(0, elements).forEach(i -> target.putFloat(1)));
  }

  void quantize(Node node) {
    int input = node.inputs().getFirst();
    String x = values.real(input);
    values.storedResults(
        node, values.layout(input), names -> values.quantize(node, x, names.getFirst()));
  }

  void dequantize(Node node) {
    int input = node.inputs().getFirst();
    values.storedResults(
        node, values.layout(input), names -> values.dequantize(node, names.getFirst()));
  }
}
