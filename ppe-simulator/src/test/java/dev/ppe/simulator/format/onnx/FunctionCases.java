package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.format.onnx.OnnxFile.attribute;
import static dev.ppe.simulator.format.onnx.OnnxFile.list;

import java.util.List;

/** Functions of elements, reductions, normalisations, matrix products and recurrent layers. */
final class FunctionCases {
  private static final List<String> UNARY =
      List.of(
          "Abs",
          "Acos",
          "Acosh",
          "Asin",
          "Asinh",
          "Atan",
          "Atanh",
          "Ceil",
          "Celu",
          "Cos",
          "Cosh",
          "Elu",
          "Erf",
          "Exp",
          "Floor",
          "HardSigmoid",
          "HardSwish",
          "LeakyRelu",
          "Log",
          "Neg",
          "Reciprocal",
          "Relu",
          "Round",
          "Selu",
          "Sigmoid",
          "Sign",
          "Sin",
          "Sinh",
          "Softplus",
          "Softsign",
          "Sqrt",
          "Tan",
          "Tanh",
          "ThresholdedRelu",
          "Hardmax",
          "LpNormalization",
          "MeanVarianceNormalization",
          "Shrink");

  private static final List<String> BINARY = List.of("Add", "Sub", "Mul", "Div", "Pow", "Mod");

  private static final List<String> REDUCTIONS =
      List.of(
          "ReduceMax",
          "ReduceMin",
          "ReduceMean",
          "ReduceProd",
          "ReduceL1",
          "ReduceL2",
          "ReduceLogSum",
          "ReduceLogSumExp",
          "ReduceSumSquare");

  private FunctionCases() {}

  static NodeCases all() {
    NodeCases cases = new NodeCases();
    for (String type : UNARY) {
      boolean squares = type.equals("MeanVarianceNormalization");
      cases.add(
          type,
          f ->
              squares
                  ? f.input("x", 2, 3, 4, 5).node(type, "x", "y")
                  : f.input("x", 2, 3, 4).node(type, "x", "y"));
    }
    binary(cases);
    REDUCTIONS.forEach(type -> reductions(cases, type));
    others(cases);
    normalisations(cases);
    products(cases);
    recurrences(cases);
    return cases;
  }

  private static void binary(NodeCases cases) {
    for (String type : BINARY) {
      OnnxFile.Fields[] attributes =
          type.equals("Mod")
              ? new OnnxFile.Fields[] {attribute("fmod", 1)}
              : new OnnxFile.Fields[0];
      cases
          .add(
              type,
              f -> f.input("x", 2, 3, 4).input("z", 2, 3, 4).node(type, "x z", "y", attributes))
          .add(
              type + " broadcast",
              f -> f.input("x", 3, 1).input("z", 2, 1, 4).node(type, "x z", "y", attributes))
          .add(
              type + " with a scalar",
              f -> f.scalar("x", 2).input("z", 2, 3).node(type, "x z", "y", attributes))
          .add(
              type + " of a map and its channels",
              f ->
                  f.input("x", 2, 3, 5, 7)
                      .weights("c", 3, 1, 1)
                      .node("GlobalMaxPool", "x", "p")
                      .node(type, "p c", "q", attributes)
                      .node(type, "x q", "y", attributes))
          .add(
              type + " of a map and a row",
              f ->
                  f.input("x", 2, 3, 5, 7)
                      .input("r", 7)
                      .node("MaxPool", "x", "p", list("kernel_shape", 1, 1))
                      .node(type, "p r", "y", attributes));
    }
    for (String type : List.of("Sum", "Min", "Max", "Mean")) {
      cases
          .idle(NodeCases.NEWEST, type + " of one", f -> f.input("x", 2, 3).node(type, "x", "i"))
          .add(
              type + " of three",
              f -> f.input("a", 3).input("b", 2, 1).input("c", 4, 2, 3).node(type, "a b c", "y"));
    }
    for (String type : List.of("Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual")) {
      cases.add(type, f -> f.input("x", 3, 1).input("z", 2, 1, 4).node(type, "x z", "y"));
    }
    cases
        .add("PRelu", f -> f.input("x", 2, 3, 4, 5).weights("s", 3, 1, 1).node("PRelu", "x s", "y"))
        .add(
            "Clip",
            f -> f.input("x", 2, 3).scalar("a", -2).scalar("b", 3).node("Clip", "x a b", "y"))
        .add("Clip from below", f -> f.input("x", 2, 3).scalar("a", 1).node("Clip", "x a", "y"))
        .add("Clip from above", f -> f.input("x", 2, 3).scalar("b", 1).node("Clip", "x - b", "y"))
        .idle(
            NodeCases.NEWEST, "Clip without bounds", f -> f.input("x", 2, 3).node("Clip", "x", "i"))
        .idle(NodeCases.NEWEST, "Identity", f -> f.input("x", 2, 3).node("Identity", "x", "i"))
        .idle(NodeCases.NEWEST, "Dropout", f -> f.input("x", 2, 3).node("Dropout", "x", "i"))
        .add(
            "Clip with a computed bound",
            f -> f.input("x", 2, 3).input("a").node("Clip", "x a", "y"))
        .add(
            6 + 3,
            "Clip by attributes",
            f ->
                f.input("x", 2, 3)
                    .node("Clip", "x", "y", attribute("min", 0f), attribute("max", 6f)))
        .add(
            "Where",
            f ->
                f.typedInput("c", 9, 3, 1)
                    .input("x", 2, 1, 4)
                    .input("z", 3, 4)
                    .node("Where", "c x z", "y"))
        .add(
            "Cast", f -> f.input("x", 2, 3).node("Cast", "x", "y", attribute("to", OnnxFile.INT64)))
        .add("Not", f -> f.typedInput("x", 9, 2, 3).node("Not", "x", "y"));
  }

  private static void reductions(NodeCases cases, String type) {
    cases
        .add(type, f -> f.input("x", 2, 3, 4).node(type, "x", "y"))
        .add(
            type + " to a scalar",
            f -> f.input("x", 2, 3, 4).node(type, "x", "y", attribute("keepdims", 0)))
        .add(
            type + " along one axis",
            f ->
                f.input("x", 2, 3, 4)
                    .node(type, "x", "y", list("axes", 1), attribute("keepdims", 0)))
        .add(
            type + " along negative axes",
            f -> f.input("x", 2, 3, 4).node(type, "x", "y", list("axes", -1, -3)))
        .add(
            18,
            type + " along axes of an operand",
            f ->
                f.input("x", 2, 3, 4)
                    .ints("a", 2, 0)
                    .node(type, "x a", "y", attribute("keepdims", 0)))
        .idle(
            18,
            type + " along no axis at all",
            f -> f.input("x", 2, 3, 4).node(type, "x", "i", attribute("noop_with_empty_axes", 1)))
        .add(
            type + " of a map's channels",
            f ->
                f.input("x", 2, 3, 5, 7)
                    .node("MaxPool", "x", "p", list("kernel_shape", 1, 1))
                    .node(type, "p", "y", list("axes", 1), attribute("keepdims", 0)));
  }

  private static void others(NodeCases cases) {
    cases
        .add("ReduceSum", f -> f.input("x", 2, 3, 4).ints("a", -2).node("ReduceSum", "x a", "y"))
        .add(
            11,
            "ReduceSum by attribute",
            f -> f.input("x", 2, 3, 4).node("ReduceSum", "x", "y", list("axes", 0, 2)));
    for (String type : List.of("ArgMax", "ArgMin")) {
      cases
          .add(type, f -> f.input("x", 2, 3, 4).node(type, "x", "y"))
          .add(
              type + " without the axis",
              f ->
                  f.input("x", 2, 3, 4)
                      .node(type, "x", "y", attribute("axis", -1), attribute("keepdims", 0)))
          .add(
              type + " of a map's channels",
              f ->
                  f.input("x", 2, 3, 5, 7)
                      .node("MaxPool", "x", "p", list("kernel_shape", 1, 1))
                      .node(type, "p", "y", attribute("axis", 1), attribute("keepdims", 0)));
    }
    for (String type : List.of("Softmax", "LogSoftmax")) {
      for (int axis = -1; axis < 3; axis++) {
        int along = axis;
        cases
            .add(
                type + " along " + axis,
                f -> f.input("x", 2, 3, 4).node(type, "x", "y", attribute("axis", along)))
            .add(
                12,
                type + " from " + axis,
                f -> f.input("x", 2, 3, 4).node(type, "x", "y", attribute("axis", along)));
      }
    }
    cases.add(
        "CumSum",
        f ->
            f.input("x", 2, 3, 4)
                .ints("a", 1)
                .node("Squeeze", "a", "s")
                .node("CumSum", "x s", "y"));
  }

  private static void normalisations(NodeCases cases) {
    for (int axis = -2; axis < 3; axis++) {
      int from = axis;
      int[] shape =
          axis == -1 || axis == 2
              ? new int[] {4}
              : axis == 0 ? new int[] {2, 3, 4} : new int[] {3, 4};
      cases.add(
          "LayerNormalization from " + axis,
          f ->
              f.input("x", 2, 3, 4)
                  .weights("s", shape)
                  .weights("o", shape)
                  .node("LayerNormalization", "x s o", "y", attribute("axis", from)));
    }
    cases
        .add(
            21,
            "GroupNormalization",
            f ->
                f.input("x", 2, 6, 5, 7)
                    .weights("s", 6)
                    .weights("o", 6)
                    .node("GroupNormalization", "x s o", "y", attribute("num_groups", 2)))
        .add("Gelu of the runtime", f -> f.input("x", 2, 3).node("com.microsoft", "Gelu", "x", "y"))
        .add(
            "FastGelu with a bias",
            f -> f.input("x", 2, 3).weights("b", 3).node("com.microsoft", "FastGelu", "x b", "y"))
        .add(
            "SkipLayerNormalization",
            f ->
                f.input("x", 2, 3, 4)
                    .input("s", 2, 3, 4)
                    .weights("g", 4)
                    .weights("o", 4)
                    .node("com.microsoft", "SkipLayerNormalization", "x s g o", "y"));
  }

  private static void products(NodeCases cases) {
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 2; b++) {
        int ta = a;
        int tb = b;
        int[] left = a == 1 ? new int[] {4, 3} : new int[] {3, 4};
        int[] right = b == 1 ? new int[] {5, 4} : new int[] {4, 5};
        String name = "Gemm %d %d".formatted(a, b);
        cases
            .add(
                name,
                f ->
                    f.input("x", left)
                        .weights("w", right)
                        .node("Gemm", "x w", "y", attribute("transA", ta), attribute("transB", tb)))
            .add(
                name + " of activations",
                f ->
                    f.input("x", left)
                        .input("z", right)
                        .weights("c", 1)
                        .node(
                            "Gemm", "x z c", "y", attribute("transA", ta), attribute("transB", tb)))
            .add(
                name + " with a bias for each row",
                f ->
                    f.input("x", left)
                        .weights("w", right)
                        .weights("c", 3, 1)
                        .node(
                            "Gemm", "x w c", "y", attribute("transA", ta), attribute("transB", tb)))
            .add(
                name + " with a bias",
                f ->
                    f.input("x", left)
                        .weights("w", right)
                        .weights("c", 5)
                        .node(
                            "Gemm",
                            "x w c",
                            "y",
                            attribute("transA", ta),
                            attribute("transB", tb)));
      }
    }
    cases
        .add("MatMul", f -> f.input("x", 3, 4).weights("w", 4, 5).node("MatMul", "x w", "y"))
        .add(
            "MatMul of a sequence",
            f -> f.input("x", 2, 3, 4).weights("w", 4, 5).node("MatMul", "x w", "y"))
        .add(
            "MatMul in batches",
            f -> f.input("x", 2, 1, 3, 4).input("z", 6, 4, 5).node("MatMul", "x z", "y"))
        .add(
            "MatMul of a vector and a matrix",
            f -> f.input("x", 4).input("z", 4, 5).node("MatMul", "x z", "y"))
        .add(
            "MatMul of matrices and a vector",
            f -> f.input("x", 2, 3, 4).input("z", 4).node("MatMul", "x z", "y"))
        .add("MatMul of vectors", f -> f.input("x", 4).input("z", 4).node("MatMul", "x z", "y"))
        .declared(
            NodeCases.NEWEST,
            "Einsum",
            f ->
                f.input("x", 3, 4)
                    .input("z", 4, 5)
                    .node("Einsum", "x z", "y", attribute("equation", "ij,jk->ik")),
            3,
            5);
  }

  private static void recurrences(NodeCases cases) {
    for (String type : List.of("LSTM", "GRU", "RNN")) {
      int gates = type.equals("LSTM") ? 4 : type.equals("GRU") ? 3 : 1;
      for (String direction : List.of("forward", "reverse", "bidirectional")) {
        int directions = direction.equals("bidirectional") ? 2 : 1;
        for (String results : List.of("y", "- y")) {
          cases.add(
              "%s %s %s".formatted(type, direction, results),
              f ->
                  f.input("x", 5, 2, 6)
                      .weights("w", directions, 3 * gates, 6)
                      .weights("r", directions, 3 * gates, 3)
                      .weights("b", directions, 6 * gates)
                      .node(
                          type,
                          "x w r b",
                          results,
                          attribute("hidden_size", 3),
                          attribute("direction", direction)));
        }
      }
    }
    cases.add(
        "LSTM whose cell state is read",
        f ->
            f.input("x", 5, 2, 6)
                .weights("w", 1, 12, 6)
                .weights("r", 1, 12, 3)
                .node("LSTM", "x w r", "- - y", attribute("hidden_size", 3)));
    cases.add(
        "LSTM of batches",
        f ->
            f.input("x", 2, 5, 6)
                .weights("w", 1, 12, 6)
                .weights("r", 1, 12, 3)
                .ints("a", 1)
                .node("Transpose", "x", "t", list("perm", 1, 0, 2))
                .node("LSTM", "t w r", "s h", attribute("hidden_size", 3))
                .node("Squeeze", "s a", "u")
                .node("Transpose", "u", "v", list("perm", 1, 0, 2))
                .node("Squeeze", "h", "k")
                .node("Unsqueeze", "k a", "l")
                .node("Add", "v l", "y"));
  }
}
