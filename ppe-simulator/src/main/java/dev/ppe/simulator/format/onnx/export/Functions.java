package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.List;
import java.util.Optional;

/**
 * Functions of one value as nodes: some are several there, of which the last stands for all.
 *
 * @param own the operator that the function is, or none if it is part of another
 */
record Functions(OnnxFile file, Optional<Node> own) {

  /** Writes {@code result}, the function of {@code x}. */
  void write(UnaryFunction function, String x, String result) {
    switch (function) {
      case RELU -> last("Relu", result, x);
      case RELU6 -> clip(x, 0, 6, result);
      case RELU_N1_TO_1 -> clip(x, -1, 1, result);
      case LEAKY_RELU -> last("LeakyRelu", result, x);
      case ELU -> last("Elu", result, x);
      case LOGISTIC -> last("Sigmoid", result, x);
      case TANH -> last("Tanh", result, x);
      case HARD_SWISH -> last("HardSwish", result, x);
      case GELU -> gelu(x, result);
      case EXP -> last("Exp", result, x);
      case LOG -> last("Log", result, x);
      case SQRT -> last("Sqrt", result, x);
      case RSQRT -> last("Reciprocal", result, step("Sqrt", result + "/root", x));
      case SQUARE -> last("Mul", result, x, x);
      case ABS -> last("Abs", result, x);
      case NEG -> last("Neg", result, x);
      case SIN -> last("Sin", result, x);
      case COS -> last("Cos", result, x);
      case FLOOR -> last("Floor", result, x);
      case CEIL -> last("Ceil", result, x);
      case ROUND -> last("Round", result, x);
      case ERF -> last("Erf", result, x);
    }
  }

  /** Writes {@code result}, the fused function of {@code x}. */
  void write(Activation activation, String x, String result) {
    switch (activation) {
      case NONE -> last("Identity", result, x);
      case RELU -> last("Relu", result, x);
      case RELU6 -> clip(x, 0, 6, result);
      case RELU_N1_TO_1 -> clip(x, -1, 1, result);
      case TANH -> last("Tanh", result, x);
      case LOGISTIC -> last("Sigmoid", result, x);
      case HARD_SWISH -> last("HardSwish", result, x);
      case SIGN_BIT -> throw new IllegalArgumentException("ONNX has no sign-bit activation");
    }
  }

  private void clip(String x, float low, float high, String result) {
    last("Clip", result, x, file.number(low), file.number(high));
  }

  /** x / 2 (1 + erf(x / sqrt(2))), in the nodes that PyTorch writes for it. */
  private void gelu(String x, String result) {
    String scaled = step("Div", result + "/scaled", x, file.number((float) Math.sqrt(2)));
    String erf = step("Erf", result + "/erf", scaled);
    String sum = step("Add", result + "/sum", erf, file.number(1));
    String product = step("Mul", result + "/product", x, sum);
    last("Mul", result, product, file.number(0.5f));
  }

  private String step(String type, String wanted, String... operands) {
    String name = file.unique(wanted);
    file.node(type, name, List.of(operands), List.of(name));
    return name;
  }

  private void last(String type, String result, String... operands) {
    if (own.isPresent()) {
      file.operator(own.get(), type, List.of(operands), List.of(result));
    } else {
      file.node(type, result, List.of(operands), List.of(result));
    }
  }
}
