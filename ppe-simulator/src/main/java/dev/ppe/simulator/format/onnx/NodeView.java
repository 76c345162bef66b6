package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Assembly.Numbers;
import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Flattened;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.format.onnx.file.Attribute;
import dev.ppe.simulator.format.onnx.file.StoredNode;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node of the file with what its mapping asks for: its operands and attributes; and where it
 * writes what becomes of it. Every question that has no answer throws {@link
 * IllegalArgumentException} with the reason; the caller names the node.
 *
 * <p>One short method for each question, hence longer than most files.
 *
 * @param integer the numbers of its results, if it computes with integers: as it does between
 *     DequantizeLinear and QuantizeLinear nodes
 */
record NodeView(
    StoredNode node,
    long opset,
    Map<String, Value> values,
    Assembly graph,
    Wiring wiring,
    Declarations declarations,
    Optional<Numbers> integer) {

  String name() {
    return node.label();
  }

  // Attributes.

  Optional<Attribute> attribute(String key) {
    return Optional.ofNullable(node.attributes().get(key));
  }

  int whole(String key, int otherwise) {
    return attribute(key, Attribute.Whole.class, "an integer")
        .map(whole -> cut(whole.value()))
        .orElse(otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    return whole(key, otherwise ? 1 : 0) != 0;
  }

  String text(String key, String otherwise) {
    return attribute(key, Attribute.Text.class, "a text")
        .map(Attribute.Text::value)
        .orElse(otherwise);
  }

  Optional<List<Integer>> wholes(String key) {
    return attribute(key, Attribute.Wholes.class, "a list of integers")
        .map(wholes -> wholes.values().stream().map(NodeView::cut).toList());
  }

  private static int cut(long value) {
    return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private <T extends Attribute> Optional<T> attribute(String key, Class<T> kind, String wanted) {
    Optional<Attribute> found = attribute(key);
    if (found.isPresent() && !kind.isInstance(found.get())) {
      throw new IllegalArgumentException("its attribute " + key + " must be " + wanted);
    }
    return found.map(kind::cast);
  }

  // Operands.

  boolean has(int position) {
    return !node.input(position).isEmpty();
  }

  Value value(int position) {
    if (!has(position)) {
      throw new IllegalArgumentException("operand " + position + " is missing");
    }
    return value(node.input(position));
  }

  Value value(String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "reads \"%s\", which is no input, holds no data and is written by nothing before it"
              .formatted(name));
    }
    return value;
  }

  Shape shape(int position) {
    return value(position).shape();
  }

  Optional<Stored> stored(int position) {
    return has(position) && value(position) instanceof Stored stored
        ? Optional.of(stored)
        : Optional.empty();
  }

  /**
   * The elements of an operand that serves as attribute; empty if they are computed at run time.
   */
  Optional<Constant> constant(int position) {
    Optional<Stored> stored = stored(position);
    if (stored.isPresent() && stored.get().shape().elements() > Constant.MAX_ELEMENTS) {
      throw new IllegalArgumentException(
          "operand \"%s\" has %d elements; as an attribute it may have %d"
              .formatted(
                  node.input(position), stored.get().shape().elements(), Constant.MAX_ELEMENTS));
    }
    return stored.flatMap(Stored::constant);
  }

  Optional<List<Integer>> integers(int position) {
    return constant(position).map(Constant::integers);
  }

  /**
   * The first result's shape as the file declares it, where an attribute is computed at run time.
   */
  Shape declared(String what) {
    return declarations
        .shape(node.output(0))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("its %s is computed at run time, and the file does not declare the result's shape:"
                            + " export the model with fixed shapes")
                        .formatted(what)));
  }

  /** As {@link #integers} where the operator makes no sense without. */
  List<Integer> requireIntegers(int position, String what) {
    return integers(position)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its %s is computed at run time: export the model with fixed shapes"
                        .formatted(what)));
  }

  /** From an operand in newer operator sets, from an attribute in older ones. */
  Optional<List<Integer>> integers(int position, String key) {
    return has(position) ? Optional.of(requireIntegers(position, key)) : wholes(key);
  }

  /** The operand as an activation, in whatever axis order it is. */
  Activation activation(int position) {
    return activation(value(position));
  }

  Activation activation(Value value) {
    return switch (value) {
      case Activation activation -> numbers(activation);
      case Flattened flattened -> numbers(graph.unfold(name(), flattened));
      case Stored stored -> {
        AxisOrder order = AxisOrder.identity(stored.shape().rank());
        yield new Activation(
            graph.parameter(stored, order),
            stored.shape(),
            order,
            stored.type(),
            stored.quantization(),
            integer.isPresent());
      }
    };
  }

  /** An operator that computes with reals needs them. */
  private Activation numbers(Activation value) {
    return integer.isPresent() || IntegerRegions.moves(node)
        ? value
        : graph.dequantize(name(), value);
  }

  /** The operand as an activation with its axes in {@code order}. */
  Activation activation(Value value, AxisOrder order) {
    if (order.rank() != value.shape().rank()) {
      throw new IllegalArgumentException(
          "operand %s must have rank %d".formatted(value.shape(), order.rank()));
    }
    return graph.reorder(name(), activation(value), order);
  }

  /** The tensor of an operand with its axes in {@code order}: a stored one is stored like that. */
  int operand(Value value, AxisOrder order) {
    if (value instanceof Stored stored) {
      if (order.rank() != stored.shape().rank()) {
        throw new IllegalArgumentException(
            "stored operand %s must have rank %d".formatted(stored.shape(), order.rank()));
      }
      return graph.parameter(adapted(stored), order);
    }
    return activation(value, order).tensor();
  }

  /** A feature map [N, C, H, W], channels last. */
  Activation map(int position) {
    Value value = value(position);
    if (value.shape().rank() != 4) {
      throw new IllegalArgumentException(
          "feature map " + value.shape() + " must have rank 4, not " + value.shape().rank());
    }
    return activation(value, AxisOrder.CHANNELS_LAST);
  }

  /** Between integers, a stored real is stored as an integer too. */
  private Stored adapted(Stored stored) {
    return integer.isPresent() && stored.type().isFloat()
        ? stored.withType(integer.get().type(), integer.get().quantization())
        : stored;
  }

  /** A bias of one element for each of {@code channels}; integers start from 32 bits of them. */
  int bias(Stored bias, int channels, boolean perChannel) {
    if (integer.isPresent()) {
      Quantization quantization =
          perChannel ? new Quantization.PerChannel(0) : new Quantization.PerTensor(1, 0);
      return graph.parameter(bias.name(), Shape.of(channels), DataType.INT32, quantization);
    }
    return graph.parameter(bias.name(), Shape.of(channels), bias.type(), bias.quantization());
  }

  /** A stored scalar that the file does not have. */
  int scalar(String what, Activation like) {
    return graph.parameter(name() + "/" + what, Shape.of(), like.type(), like.quantization());
  }

  // Results.

  /** The numbers of a result of the same kind as {@code operand}. */
  Numbers like(Activation operand) {
    return integer.orElseGet(() -> Numbers.of(operand));
  }

  /** A node that computes with numbers like {@code operand}'s and keeps its axis order. */
  Activation apply(Operator operator, Activation operand, int... others) {
    return apply(operator, operand.order(), operand, others);
  }

  /** As {@link #apply(Operator, Activation, int...)} with a result in {@code order}. */
  Activation apply(Operator operator, AxisOrder order, Activation operand, int... others) {
    return graph.apply(name(), operator, operands(operand, others), order, like(operand));
  }

  private static List<Integer> operands(Activation first, int... others) {
    List<Integer> operands = new ArrayList<>();
    operands.add(first.tensor());
    for (int other : others) {
      operands.add(other);
    }
    while (operands.getLast() == Node.ABSENT) {
      operands.removeLast();
    }
    return operands;
  }

  /** Says what the first result is. */
  void result(Value value) {
    result(0, value);
  }

  void result(int position, Value value) {
    if (!node.output(position).isEmpty()) {
      values.put(node.output(position), value);
    }
  }

  /** Whether anybody reads a result. */
  boolean isRead(int position) {
    String output = node.output(position);
    return !output.isEmpty() && (wiring.isOutput(output) || !wiring.readers(output).isEmpty());
  }
}
