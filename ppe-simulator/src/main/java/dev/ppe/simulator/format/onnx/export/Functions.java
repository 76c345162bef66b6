package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import java.util.List;

/** Functions of one value as nodes: some are several there. */
record Functions(OnnxFile file) {

  /** Writes {@code result}, the function of {@code x}. */
  void write(UnaryFunction function, String x, String result) {
    switch (function) {
      case RELU -> node("Relu", x, result);
      case RELU6 -> clip(x, 0, 6, result);
      case RELU_N1_TO_1 -> clip(x, -1, 1, result);
      case LEAKY_RELU -> node("LeakyRelu", x, result);
      case ELU -> node("Elu", x, result);
      case LOGISTIC -> node("Sigmoid", x, result);
      case TANH -> node("Tanh", x, result);
      case HARD_SWISH -> node("HardSwish", x, result);
      case GELU -> gelu(x, result);
      case EXP -> node("Exp", x, result);
      case LOG -> node("Log", x, result);
      case SQRT -> node("Sqrt", x, result);
      case RSQRT -> {
        String root = step("Sqrt", result + "/root", x);
        node("Reciprocal", root, result);
      }
      case SQUARE -> file.node("Mul", result, List.of(x, x), List.of(result));
      case ABS -> node("Abs", x, result);
      case NEG -> node("Neg", x, result);
      case SIN -> node("Sin", x, result);
      case COS -> node("Cos", x, result);
      case FLOOR -> node("Floor", x, result);
      case CEIL -> node("Ceil", x, result);
      case ROUND -> node("Round", x, result);
      case ERF -> node("Erf", x, result);
    }
  }

  /** Writes {@code result}, the fused function of {@code x}. */
  void write(Activation activation, String x, String result) {
    switch (activation) {
      case NONE -> node("Identity", x, result);
      case RELU -> node("Relu", x, result);
      case RELU6 -> clip(x, 0, 6, result);
      case RELU_N1_TO_1 -> clip(x, -1, 1, result);
      case TANH -> node("Tanh", x, result);
      case LOGISTIC -> node("Sigmoid", x, result);
      case HARD_SWISH -> node("HardSwish", x, result);
      case SIGN_BIT -> throw new IllegalArgumentException("ONNX has no sign-bit activation");
    }
  }

  private void clip(String x, float low, float high, String result) {
    List<String> operands = List.of(x, file.number(low), file.number(high));
    file.node("Clip", result, operands, List.of(result));
  }

  /** x / 2 (1 + erf(x / sqrt(2))), in the nodes that PyTorch writes for it. */
  private void gelu(String x, String result) {
    String scaled = step("Div", result + "/scaled", x, file.number((float) Math.sqrt(2)));
    String erf = step("Erf", result + "/erf", scaled);
    String sum = step("Add", result + "/sum", erf, file.number(1));
    String product = step("Mul", result + "/product", x, sum);
    file.node("Mul", result, List.of(product, file.number(0.5f)), List.of(result));
  }

  private String step(String type, String wanted, String... operands) {
    String name = file.unique(wanted);
    file.node(type, name, List.of(operands), List.of(name));
    return name;
  }

  private void node(String type, String x, String result) {
    file.node(type, result, List.of(x), List.of(result));
  }
}
