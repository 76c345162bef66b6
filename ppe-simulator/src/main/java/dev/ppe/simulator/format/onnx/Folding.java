package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.format.onnx.file.Attribute;
import dev.ppe.simulator.format.onnx.file.ElementTypes;
import dev.ppe.simulator.format.onnx.file.StoredTensor;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.ShapeInference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Nodes whose result is known when the model is loaded: it is stored then, and costs nothing at run
 * time. Of large values only the shape and type are followed.
 */
final class Folding {
  private Folding() {}

  /** The stored result of a node all of whose operands are stored; empty if it has to run. */
  static Optional<Stored> fold(NodeView op) {
    if (!op.node().domain().isEmpty()) {
      return Optional.empty();
    }
    if (op.node().type().equals("Constant")) {
      return Optional.of(constant(op));
    }
    List<Stored> operands = new ArrayList<>();
    for (int i = 0; i < op.node().inputs().size(); i++) {
      Optional<Stored> stored = op.stored(i);
      if (op.has(i) && stored.isEmpty()) {
        return Optional.empty();
      }
      stored.ifPresent(operands::add);
    }
    return operands.isEmpty() ? Optional.empty() : fold(op, operands);
  }

  private static Optional<Stored> fold(NodeView op, List<Stored> operands) {
    Stored first = operands.getFirst();
    if (operands.stream().allMatch(operand -> operand.constant().isPresent())) {
      Optional<Constant> result =
          ShapeArithmetic.evaluate(
              op, operands.stream().map(operand -> operand.constant().orElseThrow()).toList());
      if (result.isPresent()) {
        return Optional.of(Stored.of(op.node().output(0), result.get()));
      }
    }
    Shape shape = first.shape();
    return switch (op.node().type()) {
      case "Identity", "Dropout" -> Optional.of(first);
      case "DequantizeLinear" -> Optional.of(Quantizers.dequantized(op, first));
      case "QuantizeLinear" -> {
        QuantizedType type = Quantizers.type(op);
        yield Optional.of(first.withType(type.type(), type.quantization()));
      }
      case "Cast" ->
          Optional.of(first.withType(ElementTypes.of(op.whole("to", 0)), Quantization.NONE));
      case "Transpose" -> Optional.of(transpose(op, first));
      case "Reshape" ->
          op.integers(1).map(target -> first.withShape(Reshapes.target(op, target, shape)));
      case "Squeeze" -> {
        List<Integer> axes = op.integers(1, "axes").orElse(List.of());
        yield Optional.of(first.withShape(Reshapes.squeezed(shape, axes)));
      }
      case "Unsqueeze" ->
          op.integers(1, "axes").map(axes -> first.withShape(Reshapes.unsqueezed(shape, axes)));
      case "Expand" ->
          op.integers(1)
              .map(
                  target ->
                      computed(op, first, CustomOperators.broadcast(shape, Shape.of(target))));
      case "ConstantOfShape" ->
          first.constant().map(target -> filled(op, Shape.of(target.integers())));
      case "Add", "Sub", "Mul", "Div", "Pow" ->
          Optional.of(
              computed(op, first, CustomOperators.broadcast(shape, operands.getLast().shape())));
      case "Sqrt", "Reciprocal", "Neg", "Exp", "Abs" -> Optional.of(computed(op, first, shape));
      default -> Optional.empty();
    };
  }

  /** ConstantOfShape: zeros in single precision unless its attribute says otherwise. */
  private static Stored filled(NodeView op, Shape shape) {
    DataType type =
        op.attribute("value")
            .filter(Attribute.Stored.class::isInstance)
            .map(value -> ((Attribute.Stored) value).tensor().type())
            .orElse(DataType.FLOAT32);
    return new Stored(op.node().output(0), shape, type, Quantization.NONE, Elements.UNKNOWN);
  }

  private static Stored computed(NodeView op, Stored like, Shape shape) {
    return new Stored(
        op.node().output(0), shape, like.type(), like.quantization(), Elements.UNKNOWN);
  }

  private static Stored transpose(NodeView op, Stored value) {
    int rank = value.shape().rank();
    List<Integer> permutation =
        op.wholes("perm")
            .orElseGet(() -> IntStream.range(0, rank).map(i -> rank - 1 - i).boxed().toList());
    Shape shape =
        ShapeInference.infer(
                new Operator.Transpose(permutation), List.of(Optional.of(value.shape())))
            .orElseThrow()
            .getFirst();
    Quantization quantization =
        value.quantization() instanceof Quantization.PerChannel channels
                && permutation.contains(channels.axis())
            ? new Quantization.PerChannel(permutation.indexOf(channels.axis()))
            : value.quantization();
    return new Stored(
        value.name(),
        shape,
        value.type(),
        quantization,
        Elements.of(value.constant().map(constant -> constant.transposed(permutation, shape))));
  }

  private static Stored constant(NodeView op) {
    String name = op.node().output(0);
    for (Attribute attribute : op.node().attributes().values()) {
      switch (attribute) {
        case Attribute.Stored stored -> {
          return stored(stored.tensor().named(name));
        }
        case Attribute.Whole whole -> {
          return Stored.of(name, new Constant(DataType.INT64, Shape.of(), whole.value()));
        }
        case Attribute.Real real -> {
          return Stored.of(name, new Constant(DataType.FLOAT32, Shape.of(), real.value()));
        }
        case Attribute.Wholes wholes -> {
          return Stored.of(
              name,
              new Constant(
                  DataType.INT64,
                  Shape.of(wholes.values().size()),
                  wholes.values().stream().mapToDouble(Long::doubleValue).toArray()));
        }
        case Attribute.Reals reals -> {
          return Stored.of(
              name,
              new Constant(
                  DataType.FLOAT32,
                  Shape.of(reals.values().size()),
                  reals.values().stream().mapToDouble(Float::doubleValue).toArray()));
        }
        case Attribute.Text text -> {}
        case Attribute.Subgraph subgraph -> {}
        case Attribute.Other other -> {}
      }
    }
    throw new IllegalArgumentException("it has no value that can be read");
  }

  /** A stored tensor of the file as a value. */
  static Stored stored(StoredTensor tensor) {
    return new Stored(
        tensor.same().isEmpty() ? tensor.name() : tensor.same(),
        tensor.shape(),
        tensor.type(),
        Quantization.NONE,
        () -> Constant.of(tensor));
  }
}
