package dev.ppe.simulator.format.tflite.export;

import dev.ppe.simulator.format.export.QuantizationPlan;
import dev.ppe.simulator.format.export.Quantized;
import dev.ppe.simulator.format.tflite.BuiltinOperator;
import dev.ppe.simulator.format.tflite.export.ModelAssembly.FileTensor;
import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  /** Writes the result of {@code node}, and its activation as an operator where it must be one. */
  void activated(Node node, Activation activation, Emission emission) {
    int result = node.outputs().getFirst();
    OptionalInt code = TypeCodes.of(activation);
    if (code.isPresent()) {
      emission.emit(code.getAsInt(), result);
      return;
    }
    int linear = like(result, node.name() + "/linear", file.tensor(result).shape());
    emission.emit(0, linear);
    emit(
        activation == Activation.LOGISTIC ? BuiltinOperator.LOGISTIC : BuiltinOperator.HARD_SWISH,
        OptionsTable.NONE,
        List.of(linear),
        List.of(result));
  }

  /** An intermediate result with the numbers of {@code tensor}. */
  int like(int tensor, String name, Shape shape) {
    FileTensor model = file.tensor(tensor);
    return file.tensor(name, shape, model.type(), model.quantized(), false, new Content.None());
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
