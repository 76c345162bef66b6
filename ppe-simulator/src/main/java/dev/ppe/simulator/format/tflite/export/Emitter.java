package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.format.export.QuantizationPlan;
import dev.ppe.simulator.format.export.Quantized;
import dev.ppe.simulator.format.tflite.BuiltinOperator;
import dev.ppe.simulator.format.tflite.TfliteReader;
import dev.ppe.simulator.format.tflite.export.ModelAssembly.FileTensor;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Adds operators to a file, with the constants and intermediate results that they need. The graph's
 * tensors have the same indices in the file.
 */
record Emitter(Graph graph, QuantizationPlan plan, ModelAssembly file) {

  /** An operator that applies a fused activation of this code to the result it writes. */
  interface Emission {
    void emit(int activation, int result);
  }

  void emit(
      BuiltinOperator operator, OptionsTable options, List<Integer> inputs, List<Integer> outputs) {
    emit(operator, 1, options, inputs, outputs);
  }

  /** As above with a version that its attributes ask for; its types may ask for a higher one. */
  void emit(
      BuiltinOperator operator,
      int version,
      OptionsTable options,
      List<Integer> inputs,
      List<Integer> outputs) {
    DataType type =
        inputs.stream()
            .filter(input -> input != Node.ABSENT)
            .map(input -> file.tensor(input).type())
            .filter(candidate -> candidate == DataType.INT8 || candidate == DataType.INT16)
            .findFirst()
            .orElse(DataType.FLOAT32);
    int typed = OperatorVersions.of(operator, type);
    file.operator(operator, Math.max(version, typed), options, inputs, outputs);
  }

  /**
   * Writes the result of {@code node}, with its activation fused if it is one of those that kernels
   * take.
   */
  void activated(Node node, Activation activation, Emission emission) {
    OptionalInt code = TypeCodes.of(activation);
    if (code.isPresent()) {
      emission.emit(code.getAsInt(), node.outputs().getFirst());
    } else {
      apart(node, activation, emission);
    }
  }

  /** Writes the result of {@code node}, and its activation as an operator behind. */
  void apart(Node node, Activation activation, Emission emission) {
    int result = node.outputs().getFirst();
    Optional<BuiltinOperator> function = function(activation);
    if (function.isEmpty()) {
      emission.emit(TypeCodes.of(activation).orElse(0), result);
      return;
    }
    FileTensor model = file.tensor(result);
    Optional<Quantized> quantized = model.quantized().map(own -> QuantizationPlan.LINEAR);
    int linear = part(node, "linear", model.shape(), model.type(), quantized);
    emission.emit(0, linear);
    OptionsTable options =
        activation == Activation.HARD_SWISH ? OptionsTable.of(91) : OptionsTable.NONE;
    emit(function.get(), options, List.of(linear), List.of(result));
  }

  private static Optional<BuiltinOperator> function(Activation activation) {
    return switch (activation) {
      case RELU -> Optional.of(BuiltinOperator.RELU);
      case RELU6 -> Optional.of(BuiltinOperator.RELU6);
      case RELU_N1_TO_1 -> Optional.of(BuiltinOperator.RELU_N1_TO_1);
      case TANH -> Optional.of(BuiltinOperator.TANH);
      case LOGISTIC -> Optional.of(BuiltinOperator.LOGISTIC);
      case HARD_SWISH -> Optional.of(BuiltinOperator.HARD_SWISH);
      case NONE, SIGN_BIT -> Optional.empty(); // the second is a code and nothing else
    };
  }

  /** A tensor between operators that stand for {@code node}, with the numbers of {@code like}. */
  int part(Node node, String what, int like, Shape shape) {
    FileTensor model = file.tensor(like);
    return part(node, what, shape, model.type(), model.quantized());
  }

  private int part(
      Node node, String what, Shape shape, DataType type, Optional<Quantized> quantized) {
    String name = node.name() + "/" + what + TfliteReader.PART;
    return file.tensor(name, shape, type, quantized, false, new Content.None());
  }

  /** An operator over reals. */
  interface RealEmission {
    void emit(List<Integer> inputs, int result);
  }

  /** Writes {@code result} of an operator whose kernels take no integers that stand for reals. */
  void inReals(Node node, int result, RealEmission emission) {
    FileTensor model = file.tensor(result);
    if (model.quantized().isEmpty()) {
      emission.emit(node.inputs(), result);
      return;
    }
    List<Integer> reals = new ArrayList<>();
    for (int input : node.inputs()) {
      int real = part(node, "real", file.tensor(input).shape(), DataType.FLOAT32, Optional.empty());
      OptionsTable options = OptionsTable.of(38);
      emit(BuiltinOperator.DEQUANTIZE, options, List.of(input), List.of(real));
      reals.add(real);
    }
    int unquantized = part(node, "result", model.shape(), DataType.FLOAT32, Optional.empty());
    emission.emit(reals, unquantized);
    emit(BuiltinOperator.QUANTIZE, OptionsTable.of(89), List.of(unquantized), List.of(result));
  }

  /** A stored list of integers. */
  int integers(Node node, String what, List<Integer> values) {
    return integers(node, what, Shape.of(values.size()), values);
  }

  int integers(Node node, String what, Shape shape, List<Integer> values) {
    return file.tensor(
        node.name() + "/" + what,
        shape,
        DataType.INT32,
        Optional.empty(),
        false,
        new Content.Integers(values));
  }

  /** A stored integer. */
  int integer(Node node, String what, int value) {
    return integers(node, what, Shape.of(), List.of(value));
  }

  /** A stored number of the type of {@code model}; the smallest above zero where integers end. */
  int number(Node node, String what, int model, float value) {
    DataType type = file.tensor(model).type();
    boolean real = type == DataType.FLOAT32;
    ByteBuffer bytes = ByteBuffer.allocate((int) type.bytes(1)).order(ByteOrder.LITTLE_ENDIAN);
    Optional<Quantized> quantized = file.tensor(model).quantized();
    if (real) {
      bytes.putFloat(0, value);
    } else {
      bytes.put(0, value < 0 ? Byte.MIN_VALUE : 1);
    }
    return file.tensor(
        node.name() + "/" + what, Shape.of(), type, quantized, false, new Content.Scalar(bytes));
  }
}
