package dev.ppe.simulator.format.onnx;

import dev.ppe.simulator.format.onnx.Assembly.Numbers;
import dev.ppe.simulator.format.onnx.Value.Activation;
import dev.ppe.simulator.format.onnx.Value.Flattened;
import dev.ppe.simulator.format.onnx.Value.Stored;
import dev.ppe.simulator.format.onnx.file.ElementTypes;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Quantization;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Between reals and integers. A DequantizeLinear computes nothing by itself: its result is the
 * integers, seen as reals, until an operator asks for reals; and the QuantizeLinear behind an
 * operator that computes with integers finds them there.
 */
final class Quantizers {
  private Quantizers() {}

  static void dequantize(NodeView op) {
    if (op.node().isOwn()) {
      Activation input = op.activation(0);
      Numbers reals = Numbers.plain(DataType.FLOAT32);
      op.result(
          op.graph()
              .apply(
                  op.name(),
                  new Operator.Dequantize(),
                  List.of(input.tensor()),
                  input.order(),
                  reals));
      return;
    }
    op.result(
        switch (op.value(0)) {
          case Activation activation -> activation.asReal(true);
          case Flattened flat ->
              new Flattened(flat.source().asReal(true), flat.shape(), flat.explicit());
          case Stored stored -> dequantized(op, stored);
        });
  }

  /** Runtimes do this once, when they load the model: a reader reads what is stored. */
  static Stored dequantized(NodeView op, Stored stored) {
    QuantizedType type = type(op, stored.type(), stored.shape().rank());
    return stored.withType(stored.type(), type.quantization());
  }

  static void quantize(NodeView op) {
    QuantizedType type = type(op);
    op.result(
        switch (op.value(0)) {
          case Activation activation -> quantized(op, activation, type);
          case Flattened flat ->
              new Flattened(quantized(op, flat.source(), type), flat.shape(), flat.explicit());
          case Stored stored -> stored.withType(type.type(), type.quantization());
        });
  }

  /** What a QuantizeLinear node makes. */
  static QuantizedType type(NodeView op) {
    DataType otherwise =
        Optional.of(op.whole("output_dtype", 0))
            .filter(number -> number != 0)
            .map(ElementTypes::of)
            .orElse(DataType.UINT8);
    return type(
        op, otherwise, op.values().containsKey(op.node().input(0)) ? op.shape(0).rank() : 0);
  }

  /**
   * As {@link #type(NodeView)} for either direction; integers are of {@code otherwise} unless said.
   */
  static QuantizedType type(NodeView op, DataType otherwise, int rank) {
    int axis = op.whole("axis", 1);
    int resolved = Math.clamp(axis < 0 ? axis + rank : axis, 0, 7);
    return QuantizedType.of(op.stored(1), op.stored(2), otherwise, resolved);
  }

  private static Activation quantized(NodeView op, Activation value, QuantizedType type) {
    if (value.real() && sameNumbers(value, type) && !op.node().isOwn()) {
      return value.asReal(false);
    }
    return op.graph()
        .apply(
            op.name(),
            new Operator.Quantize(),
            List.of(value.tensor()),
            value.order(),
            new Numbers(type.type(), type.quantization(), false));
  }

  private static boolean sameNumbers(Activation value, QuantizedType type) {
    return value.type() == type.type()
        && value.quantization().getClass() == type.quantization().getClass()
        && (!(value.quantization() instanceof Quantization.PerTensor)
            || value.quantization().equals(type.quantization()));
  }

  /** Integers, scale and zero point of reals whose range shows at run time. */
  static void dynamic(NodeView op) {
    if (op.isRead(1) || op.isRead(2)) {
      CustomOperators.dynamicQuantization(op);
      return;
    }
    Activation input = op.activation(0);
    QuantizedType type = QuantizedType.of(Optional.empty(), Optional.empty(), DataType.UINT8, 0);
    op.result(quantized(op, input, type));
  }

  /** Products of integers that stay sums of 32 bits; zero points cost nothing. */
  static NodeView sums(NodeView op, String type) {
    List<String> operands = List.of(op.node().input(0), op.node().input(1));
    return new NodeView(
        op.node().as(type, operands, op.node().attributes()),
        op.opset(),
        op.values(),
        op.graph(),
        op.wiring(),
        op.declarations(),
        Optional.of(Numbers.plain(DataType.INT32)));
  }

  static void convInteger(NodeView op, Set<String> absorbed) {
    Convolutions.conv(sums(op, "Conv"), absorbed);
  }

  static void matMulInteger(NodeView op, Set<String> absorbed) {
    MatrixProducts.matMul(sums(op, "MatMul"), absorbed);
  }
}
