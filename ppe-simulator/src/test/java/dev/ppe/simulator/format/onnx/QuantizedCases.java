package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.format.onnx.OnnxFile.attribute;
import static dev.ppe.simulator.format.onnx.OnnxFile.list;

import java.util.List;
import java.util.function.UnaryOperator;

/** Operators over integers that stand for reals, in the forms that quantisers write. */
final class QuantizedCases {
  private QuantizedCases() {}

  static NodeCases all() {
    NodeCases cases = new NodeCases();
    conversions(cases);
    products(cases);
    contributed(cases);
    return cases;
  }

  /** A scale {@code s} and a zero point {@code z} of unsigned bytes. */
  private static OnnxFile scaled(OnnxFile file) {
    return file.scalar("s", 0.5f).zeroPoint("z", OnnxFile.UINT8);
  }

  private static OnnxFile bytes(OnnxFile file, String name, int... shape) {
    return file.typedInput(name, OnnxFile.UINT8, shape);
  }

  private static OnnxFile stored(OnnxFile file, String name, int... shape) {
    return file.zeros(name, OnnxFile.UINT8, 1, shape);
  }

  private static void conversions(NodeCases cases) {
    cases
        .add("QuantizeLinear", f -> scaled(f.input("x", 2, 3)).node("QuantizeLinear", "x s z", "y"))
        .add(
            "DequantizeLinear",
            f -> bytes(scaled(f), "x", 2, 3).node("DequantizeLinear", "x s z", "y"))
        .add(
            "QuantizeLinear along an axis",
            f ->
                f.input("x", 2, 3, 4)
                    .floats("s", 1, 2, 3)
                    .zeros("z", OnnxFile.INT8, 1, 3)
                    .node("QuantizeLinear", "x s z", "y", attribute("axis", 1)))
        .add(
            "DynamicQuantizeLinear",
            f -> f.input("x", 2, 3).node("DynamicQuantizeLinear", "x", "y a b"));
    for (String type :
        List.of("Relu", "Sigmoid", "Log", "Floor", "Sqrt", "Reciprocal", "Neg", "Exp")) {
      cases.add(
          type + " between conversions",
          f ->
              bytes(scaled(f), "x", 2, 3)
                  .node("DequantizeLinear", "x s z", "r")
                  .node(type, "r", "t")
                  .node("QuantizeLinear", "t s z", "y"));
    }
    cases.add(
        "moves behind a DequantizeLinear",
        f ->
            bytes(scaled(f), "x", 2, 3, 4)
                .ints("t", 4, 6)
                .node("DequantizeLinear", "x s z", "r")
                .node("Transpose", "r", "u", list("perm", 2, 0, 1))
                .node("Reshape", "u t", "v")
                .node("Softmax", "v", "y"));
    cases.add(
        "ReduceProd between conversions",
        f ->
            bytes(scaled(f), "x", 2, 3)
                .node("DequantizeLinear", "x s z", "r")
                .node("ReduceProd", "r", "p", list("axes", 1))
                .node("QuantizeLinear", "p s z", "y"));
  }

  private static void products(NodeCases cases) {
    cases
        .add(
            "QLinearConv",
            f ->
                stored(bytes(scaled(f), "x", 1, 3, 9, 7), "w", 5, 3, 3, 2)
                    .node("QLinearConv", "x s z w s z s z", "y", list("pads", 1, 0, 2, 1)))
        .add(
            "QLinearConv with a bias",
            f ->
                stored(bytes(scaled(f), "x", 1, 3, 9, 7), "w", 5, 3, 3, 2)
                    .zeros("b", OnnxFile.INT32, 4, 5)
                    .node("QLinearConv", "x s z w s z s z b", "y", list("strides", 2, 2)))
        .add(
            "QLinearMatMul",
            f ->
                stored(bytes(scaled(f), "x", 2, 3, 4), "w", 4, 5)
                    .node("QLinearMatMul", "x s z w s z s z", "y"))
        .add(
            "QLinearMatMul of activations",
            f ->
                bytes(bytes(scaled(f), "x", 2, 3, 4), "w", 2, 4, 5)
                    .node("QLinearMatMul", "x s z w s z s z", "y"))
        .add(
            "ConvInteger",
            f ->
                stored(bytes(f, "x", 1, 3, 9, 7), "w", 5, 3, 3, 2)
                    .node("ConvInteger", "x w", "y", list("dilations", 2, 1)))
        .add(
            "MatMulInteger",
            f -> stored(bytes(f, "x", 3, 4), "w", 4, 5).node("MatMulInteger", "x w", "y"));
  }

  private static void contributed(NodeCases cases) {
    for (String type : List.of("QLinearAdd", "QLinearMul")) {
      contributed(
          cases,
          type,
          f ->
              bytes(bytes(f, "x", 2, 3, 4), "v", 3, 1)
                  .node("com.microsoft", type, "x s z v s z s z", "y"));
    }
    for (String type : List.of("QLinearSigmoid", "QLinearLeakyRelu")) {
      contributed(
          cases, type, f -> bytes(f, "x", 2, 3).node("com.microsoft", type, "x s z s z", "y"));
    }
    contributed(
        cases,
        "QLinearAveragePool",
        f ->
            bytes(f, "x", 1, 3, 9, 7)
                .node(
                    "com.microsoft",
                    "QLinearAveragePool",
                    "x s z s z",
                    "y",
                    list("kernel_shape", 3, 2)));
    contributed(
        cases,
        "QLinearGlobalAveragePool",
        f ->
            bytes(f, "x", 1, 3, 9, 7)
                .node(
                    "com.microsoft",
                    "QLinearGlobalAveragePool",
                    "x s z s z",
                    "y",
                    attribute("channels_last", 0)));
    contributed(
        cases,
        "QLinearConcat",
        f ->
            bytes(bytes(f, "x", 2, 3), "v", 2, 5)
                .node(
                    "com.microsoft",
                    "QLinearConcat",
                    "s z x s z v s z",
                    "y",
                    attribute("axis", 1)));
    contributed(
        cases,
        "QLinearSoftmax",
        f ->
            bytes(f, "x", 2, 3)
                .node(
                    "com.microsoft",
                    "QLinearSoftmax",
                    "x s z s z",
                    "y",
                    attribute("axis", -1),
                    attribute("opset", 13)));
    contributed(
        cases,
        "QGemm",
        f ->
            stored(bytes(f, "x", 3, 4), "w", 5, 4)
                .zeros("b", OnnxFile.INT32, 4, 5)
                .node("com.microsoft", "QGemm", "x s z w s z b s z", "y", attribute("transB", 1)));
  }

  private static void contributed(NodeCases cases, String name, UnaryOperator<OnnxFile> nodes) {
    cases.add(name, f -> nodes.apply(scaled(f)));
  }
}
