package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.format.tflite.BuiltinOperator;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.ReduceFunction;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Elementwise operators, reductions and normalisations. */
final class ElementwiseWriter {
  private static final float LEAKY_SLOPE = 0.01f;
  private static final float EPSILON = 1e-5f;

  private final Emitter out;

  ElementwiseWriter(Emitter out) {
    this.out = out;
  }

  void unary(Node node, Operator.Unary unary) {
    switch (unary.function()) {
      case RELU -> plain(node, BuiltinOperator.RELU, 0);
      case RELU6 -> plain(node, BuiltinOperator.RELU6, 0);
      case RELU_N1_TO_1 -> plain(node, BuiltinOperator.RELU_N1_TO_1, 0);
      case LEAKY_RELU ->
          emit(node, BuiltinOperator.LEAKY_RELU, OptionsTable.of(75).float32(0, LEAKY_SLOPE));
      case ELU -> plain(node, BuiltinOperator.ELU, 0);
      case LOGISTIC -> plain(node, BuiltinOperator.LOGISTIC, 0);
      case TANH -> plain(node, BuiltinOperator.TANH, 0);
      case HARD_SWISH -> plain(node, BuiltinOperator.HARD_SWISH, 91);
      case GELU -> emit(node, BuiltinOperator.GELU, OptionsTable.of(116).bool(0, false));
      case RSQRT -> plain(node, BuiltinOperator.RSQRT, 0);
      case ABS -> plain(node, BuiltinOperator.ABS, 78);
      case EXP -> inReals(node, BuiltinOperator.EXP, 33);
      case LOG -> inReals(node, BuiltinOperator.LOG, 0);
      case SQRT -> inReals(node, BuiltinOperator.SQRT, 0);
      case SQUARE -> inReals(node, BuiltinOperator.SQUARE, 66);
      case NEG -> inReals(node, BuiltinOperator.NEG, 42);
      case SIN -> inReals(node, BuiltinOperator.SIN, 0);
      case COS -> inReals(node, BuiltinOperator.COS, 84);
      case FLOOR -> inReals(node, BuiltinOperator.FLOOR, 0);
      case CEIL -> inReals(node, BuiltinOperator.CEIL, 0);
      case ROUND -> inReals(node, BuiltinOperator.ROUND, 0);
      case ERF ->
          out.inReals(
              node,
              node.outputs().getFirst(),
              (inputs, result) -> out.file().custom("FlexErf", inputs, List.of(result)));
    }
  }

  /** Has no kernel for 8 bits, or only in newer runtimes. */
  private void inReals(Node node, BuiltinOperator operator, int options) {
    OptionsTable table = options == 0 ? OptionsTable.NONE : OptionsTable.of(options);
    out.inReals(
        node,
        node.outputs().getFirst(),
        (inputs, result) -> out.emit(operator, table, inputs, List.of(result)));
  }

  /** An operator whose options, if it has any, have no fields. */
  void plain(Node node, BuiltinOperator operator, int options) {
    emit(node, operator, options == 0 ? OptionsTable.NONE : OptionsTable.of(options));
  }

  private void emit(Node node, BuiltinOperator operator, OptionsTable options) {
    out.emit(operator, options, node.inputs(), node.outputs());
  }

  void binary(Node node, Operator.Binary binary) {
    BuiltinOperator operator = operator(binary.function());
    OptionsTable options = OptionsTable.of(options(binary.function()));
    switch (binary.function()) {
      case ADD, SUB, MUL ->
          out.activated(
              node,
              binary.activation(),
              (activation, result) ->
                  out.emit(operator, options.int8(0, activation), node.inputs(), List.of(result)));
      case MINIMUM, MAXIMUM, SQUARED_DIFFERENCE ->
          out.apart(
              node,
              binary.activation(),
              (activation, result) -> out.emit(operator, options, node.inputs(), List.of(result)));
      case DIV, POW -> // no kernel for 8 bits, or only in newer runtimes
          out.apart(
              node,
              binary.activation(),
              (activation, result) ->
                  out.inReals(
                      node,
                      result,
                      (inputs, real) -> out.emit(operator, options, inputs, List.of(real))));
    }
  }

  private static BuiltinOperator operator(BinaryFunction function) {
    return switch (function) {
      case ADD -> BuiltinOperator.ADD;
      case SUB -> BuiltinOperator.SUB;
      case MUL -> BuiltinOperator.MUL;
      case DIV -> BuiltinOperator.DIV;
      case MINIMUM -> BuiltinOperator.MINIMUM;
      case MAXIMUM -> BuiltinOperator.MAXIMUM;
      case SQUARED_DIFFERENCE -> BuiltinOperator.SQUARED_DIFFERENCE;
      case POW -> BuiltinOperator.POW;
    };
  }

  private static int options(BinaryFunction function) {
    return switch (function) {
      case ADD -> 11;
      case SUB -> 28;
      case MUL -> 21;
      case DIV -> 29;
      case MINIMUM, MAXIMUM -> 39;
      case SQUARED_DIFFERENCE -> 76;
      case POW -> 56;
    };
  }

  void reduce(Node node, ReduceFunction function, List<Integer> axes, boolean keep) {
    reduce(node, function, axes, keep, node.inputs().getFirst(), node.outputs().getFirst());
  }

  private void reduce(
      Node node, ReduceFunction function, List<Integer> axes, boolean keep, int input, int result) {
    BuiltinOperator operator =
        switch (function) {
          case MEAN -> BuiltinOperator.MEAN;
          case SUM -> BuiltinOperator.SUM;
          case MAX -> BuiltinOperator.REDUCE_MAX;
          case MIN -> BuiltinOperator.REDUCE_MIN;
          case PRODUCT -> BuiltinOperator.REDUCE_PROD;
        };
    int operand = out.integers(node, "axes", axes);
    out.emit(operator, OptionsTable.of(27).bool(0, keep), List.of(input, operand), List.of(result));
  }

  /** The axis always goes; it comes back where it is to stay. */
  void argMax(Node node, Operator.ArgMax argMax) {
    int input = node.inputs().getFirst();
    int result = node.outputs().getFirst();
    int axis = out.integer(node, "axis", argMax.axis());
    OptionsTable options = OptionsTable.of(40).int8(0, TypeCodes.of(argMax.outputType()));
    if (!argMax.keepDimensions()) {
      out.emit(BuiltinOperator.ARG_MAX, options, List.of(input, axis), node.outputs());
      return;
    }
    List<Integer> rest = new ArrayList<>(out.graph().input(node, 0).shape().toList());
    rest.subList(argMax.axis(), argMax.axis() + 1).clear();
    int flat = out.part(node, "index", result, Shape.of(rest));
    out.emit(BuiltinOperator.ARG_MAX, options, List.of(input, axis), List.of(flat));
    out.emit(BuiltinOperator.EXPAND_DIMS, OptionsTable.of(52), List.of(flat, axis), node.outputs());
  }

  void gather(Node node, Operator.Gather gather) {
    out.emit(
        BuiltinOperator.GATHER,
        gather.batchDimensions() != 0 ? 5 : 1,
        OptionsTable.of(23).int32(0, gather.axis()).int32(1, gather.batchDimensions()),
        node.inputs(),
        node.outputs());
  }

  void cast(Node node, Operator.Cast cast) {
    DataType from = out.graph().input(node, 0).type();
    emit(
        node,
        BuiltinOperator.CAST,
        OptionsTable.of(37).int8(0, TypeCodes.of(from)).int8(1, TypeCodes.of(cast.to())));
  }

  void softmax(Node node, int axis) {
    along(node, axis, BuiltinOperator.SOFTMAX, OptionsTable.of(9).float32(0, 1));
  }

  void logSoftmax(Node node, int axis) {
    along(node, axis, BuiltinOperator.LOG_SOFTMAX, OptionsTable.of(36));
  }

  /** The file's operator works along the innermost axis: others are brought there and back. */
  private void along(Node node, int axis, BuiltinOperator operator, OptionsTable options) {
    Shape shape = out.graph().input(node, 0).shape();
    int last = shape.rank() - 1;
    if (axis == last) {
      emit(node, operator, options);
      return;
    }
    int input = node.inputs().getFirst();
    List<Integer> swap = new ArrayList<>(IntStream.rangeClosed(0, last).boxed().toList());
    Collections.swap(swap, axis, last);
    int permutation = out.integers(node, "permutation", swap);
    Shape swapped = Shape.of(swap.stream().map(shape::dim).toList());
    int before = out.part(node, "before", input, swapped);
    int after = out.part(node, "after", node.outputs().getFirst(), swapped);
    OptionsTable transpose = OptionsTable.of(26);
    out.emit(BuiltinOperator.TRANSPOSE, transpose, List.of(input, permutation), List.of(before));
    out.emit(operator, options, List.of(before), List.of(after));
    out.emit(BuiltinOperator.TRANSPOSE, transpose, List.of(after, permutation), node.outputs());
  }

  /** (x - mean) / sqrt(variance + epsilon) x scale + offset, in operators that the format has. */
  void layerNorm(Node node, Operator.LayerNorm norm) {
    Shape shape = out.graph().input(node, 0).shape();
    List<Integer> axes = IntStream.range(shape.rank() - norm.axes(), shape.rank()).boxed().toList();
    Shape one = shape;
    for (int axis : axes) {
      one = one.with(axis, 1);
    }
    int input = node.inputs().getFirst();
    int result = node.outputs().getFirst();
    int mean = out.part(node, "mean", result, one);
    reduce(node, ReduceFunction.MEAN, axes, true, input, mean);
    int square = step(node, BinaryFunction.SQUARED_DIFFERENCE, "square", input, mean, shape);
    int variance = out.part(node, "variance", result, one);
    reduce(node, ReduceFunction.MEAN, axes, true, square, variance);
    int epsilon = out.number(node, "epsilon", input, EPSILON);
    int positive = step(node, BinaryFunction.ADD, "positive", variance, epsilon, one);
    int factor = out.part(node, "factor", result, one);
    out.emit(BuiltinOperator.RSQRT, OptionsTable.NONE, List.of(positive), List.of(factor));
    int centred = step(node, BinaryFunction.SUB, "centred", input, mean, shape);
    List<Integer> others = new ArrayList<>(List.of(factor));
    List<BinaryFunction> functions = new ArrayList<>(List.of(BinaryFunction.MUL));
    if (node.hasInput(1)) {
      others.add(node.inputs().get(1));
      functions.add(BinaryFunction.MUL);
    }
    if (node.hasInput(2)) {
      others.add(node.inputs().get(2));
      functions.add(BinaryFunction.ADD);
    }
    int current = centred;
    for (int i = 0; i < others.size(); i++) {
      int next = i == others.size() - 1 ? result : out.part(node, "scaled", result, shape);
      write(functions.get(i), current, others.get(i), next);
      current = next;
    }
  }

  private int step(
      Node node, BinaryFunction function, String what, int left, int right, Shape shape) {
    int result = out.part(node, what, node.outputs().getFirst(), shape);
    write(function, left, right, result);
    return result;
  }

  private void write(BinaryFunction function, int left, int right, int result) {
    out.emit(
        operator(function),
        OptionsTable.of(options(function)),
        List.of(left, right),
        List.of(result));
  }
}
