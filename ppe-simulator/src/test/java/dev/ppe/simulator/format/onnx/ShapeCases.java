package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.format.onnx.OnnxFile.attribute;
import static dev.ppe.simulator.format.onnx.OnnxFile.list;

import java.util.List;
import java.util.function.UnaryOperator;

/** Operators that move, join, cut and pick elements, and those that compute shapes. */
final class ShapeCases {
  private ShapeCases() {}

  static NodeCases all() {
    NodeCases cases = new NodeCases();
    reshapes(cases);
    permutations(cases);
    joins(cases);
    slices(cases);
    picks(cases);
    pads(cases);
    shapes(cases);
    return cases;
  }

  private static void reshapes(NodeCases cases) {
    reshape(cases, "reordered", 4, 2, 3);
    reshape(cases, "of fewer dimensions", 2, 12);
    reshape(cases, "of more dimensions", 2, 3, 2, 2);
    reshape(cases, "with a zero", 2, 0, 4, 1);
    reshape(cases, "with an open dimension", 2, -1, 2);
    reshape(cases, "with a zero and an open dimension", 2, 0, 1, -1);
    cases.add(
        "Reshape of a map that merges rows and columns",
        f ->
            f.input("x", 2, 3, 5, 7)
                .ints("s", 2, 3, 35)
                .node("MaxPool", "x", "p", list("kernel_shape", 1, 1))
                .node("Reshape", "p s", "y"));
    cases.add(
        "Reshape of a map that merges channels and rows",
        f ->
            f.input("x", 2, 3, 5, 7)
                .ints("s", 2, 15, 7)
                .node("MaxPool", "x", "p", list("kernel_shape", 1, 1))
                .node("Reshape", "p s", "y"));
    for (int axis = -3; axis <= 4; axis++) {
      int from = axis;
      cases
          .add(
              "Flatten from " + axis,
              f -> f.input("x", 2, 3, 4, 5).node("Flatten", "x", "y", attribute("axis", from)))
          .add(
              "Flatten of a map from " + axis,
              f ->
                  f.input("x", 2, 3, 4, 5)
                      .node("GlobalMaxPool", "x", "p")
                      .node("Flatten", "p", "y", attribute("axis", from)));
    }
    cases
        .add("Squeeze", f -> f.input("x", 1, 3, 1, 4).ints("a", 0, -2).node("Squeeze", "x a", "y"))
        .add("Squeeze of all", f -> f.input("x", 1, 3, 1, 4).node("Squeeze", "x", "y"))
        .add(
            11,
            "Squeeze by attribute",
            f -> f.input("x", 1, 3, 1).node("Squeeze", "x", "y", list("axes", 2)))
        .add("Unsqueeze", f -> f.input("x", 3, 4).ints("a", 1).node("Unsqueeze", "x a", "y"))
        .add(
            "Unsqueeze of several",
            f -> f.input("x", 3, 4).ints("a", 4, 0, -2).node("Unsqueeze", "x a", "y"))
        .add(
            11,
            "Unsqueeze by attribute",
            f -> f.input("x", 3, 4).node("Unsqueeze", "x", "y", list("axes", 0, 3)))
        .add("Expand", f -> f.input("x", 3, 1).ints("s", 2, 1, 6).node("Expand", "x s", "y"))
        .idle(
            NodeCases.NEWEST,
            "Expand that adds nothing",
            f -> f.input("x", 3, 4).ints("s", 3, 1).node("Expand", "x s", "i"))
        .add("Tile", f -> f.input("x", 2, 3).ints("s", 2, 3).node("Tile", "x s", "y"));
  }

  private static void reshape(NodeCases cases, String name, long... target) {
    cases.add(
        "Reshape " + name,
        f -> f.input("x", 2, 3, 4).ints("s", target).node("Reshape", "x s", "y"));
  }

  private static void permutations(NodeCases cases) {
    cases.add("Transpose", f -> f.input("x", 2, 3, 4).node("Transpose", "x", "y"));
    for (List<Integer> p :
        List.of(List.of(0, 2, 1), List.of(1, 2, 0), List.of(2, 1, 0), List.of(1, 0, 2))) {
      cases.add(
          "Transpose " + p,
          f ->
              f.input("x", 2, 3, 4)
                  .node("Transpose", "x", "y", list("perm", p.get(0), p.get(1), p.get(2))));
    }
    cases.add(
        "Transpose of a map",
        f ->
            f.input("x", 2, 3, 5, 7)
                .node("MaxPool", "x", "p", list("kernel_shape", 1, 1))
                .node("Transpose", "p", "t", list("perm", 0, 2, 1, 3))
                .node("Sigmoid", "t", "y"));
  }

  private static void joins(NodeCases cases) {
    for (int axis = -2; axis < 3; axis++) {
      int along = axis;
      int[] other = {2, 3, 4};
      other[(axis + 3) % 3] = 6;
      cases.add(
          "Concat along " + axis,
          f ->
              f.input("x", 2, 3, 4)
                  .input("z", other)
                  .node("Concat", "x z", "y", attribute("axis", along)));
    }
    cases
        .add("Split", f -> f.input("x", 2, 6).node("Split", "x", "a b y", attribute("axis", 1)))
        .add(
            "Split by sizes",
            f ->
                f.input("x", 2, 6)
                    .ints("s", 1, 3, 2)
                    .node("Split", "x s", "a y c", attribute("axis", -1)))
        .add(
            11,
            "Split by attribute",
            f -> f.input("x", 5, 2).node("Split", "x", "a y", list("split", 2, 3)))
        .add(
            18,
            "Split into uneven parts",
            f ->
                f.input("x", 2, 7)
                    .node(
                        "Split", "x", "a b y", attribute("axis", 1), attribute("num_outputs", 3)));
  }

  private static void slices(NodeCases cases) {
    slice(cases, "of two axes", f -> f.ints("b", 1, 0).ints("e", 4, 3).ints("a", 0, 1), "x b e a");
    slice(cases, "of the first axes", f -> f.ints("b", 1, 0).ints("e", 4, 3), "x b e");
    slice(cases, "from the end", f -> f.ints("b", -3).ints("e", -1).ints("a", -1), "x b e a");
    slice(cases, "past the end", f -> f.ints("b", 2).ints("e", 1000).ints("a", 1), "x b e a");
    slice(
        cases,
        "with steps",
        f -> f.ints("b", 1, 0).ints("e", 9, 9).ints("a", 1, 2).ints("s", 2, 3),
        "x b e a s");
    slice(
        cases,
        "backwards",
        f -> f.ints("b", 20, -1).ints("e", 0, Long.MIN_VALUE).ints("a", 0, 2).ints("s", -1, -4),
        "x b e a s");
    cases
        .add(
            9,
            "Slice by attributes",
            f ->
                f.input("x", 9, 8, 7)
                    .node(
                        "Slice",
                        "x",
                        "y",
                        list("starts", 1, -5),
                        list("ends", 5, 8),
                        list("axes", 0, 2)))
        .add(
            "Slice of a map",
            f ->
                f.input("x", 2, 6, 5, 7)
                    .ints("b", 1, 2)
                    .ints("e", 4, 5)
                    .ints("a", 1, 3)
                    .node("MaxPool", "x", "p", list("kernel_shape", 1, 1))
                    .node("Slice", "p b e a", "y"));
  }

  private static void slice(
      NodeCases cases, String name, UnaryOperator<OnnxFile> operands, String inputs) {
    cases.add(
        "Slice " + name, f -> operands.apply(f.input("x", 9, 8, 7)).node("Slice", inputs, "y"));
  }

  private static void picks(NodeCases cases) {
    for (int axis = -1; axis < 3; axis++) {
      int along = axis;
      cases
          .add(
              "Gather along " + axis,
              f ->
                  f.input("x", 2, 3, 4)
                      .typedInput("i", OnnxFile.INT64, 5, 6)
                      .node("Gather", "x i", "y", attribute("axis", along)))
          .add(
              "Gather of one along " + axis,
              f ->
                  f.input("x", 2, 3, 4)
                      .raw("i", OnnxFile.INT64, new byte[8])
                      .node("Gather", "x i", "y", attribute("axis", along)));
    }
    cases
        .add(
            "Gather from a table",
            f ->
                f.weights("t", 20, 6)
                    .typedInput("i", OnnxFile.INT64, 2, 3)
                    .node("Gather", "t i", "y"))
        .add(
            "Gather of a map's channels",
            f ->
                f.input("x", 2, 3, 5, 7)
                    .typedInput("i", OnnxFile.INT64, 4)
                    .node("MaxPool", "x", "p", list("kernel_shape", 1, 1))
                    .node("Gather", "p i", "y", attribute("axis", 1)))
        .add(
            "GatherElements",
            f ->
                f.input("x", 4, 3)
                    .typedInput("i", OnnxFile.INT64, 2, 3)
                    .node("GatherElements", "x i", "y"))
        .add(
            "GatherND",
            f ->
                f.input("x", 2, 3, 4)
                    .typedInput("i", OnnxFile.INT64, 5, 2)
                    .node("GatherND", "x i", "y"))
        .add(
            "GatherND in batches",
            f ->
                f.input("x", 2, 3, 4)
                    .typedInput("i", OnnxFile.INT64, 2, 5, 1)
                    .node("GatherND", "x i", "y", attribute("batch_dims", 1)))
        .add(
            "ScatterND",
            f ->
                f.input("x", 4, 3)
                    .typedInput("i", OnnxFile.INT64, 2, 1)
                    .input("u", 2, 3)
                    .node("ScatterND", "x i u", "y"))
        .add(
            "OneHot",
            f ->
                f.typedInput("i", OnnxFile.INT64, 2, 3)
                    .ints("d", 5)
                    .node("Squeeze", "d", "n")
                    .floats("v", 0, 1)
                    .node("OneHot", "i n v", "y"))
        .add("TopK", f -> f.input("x", 3, 8).ints("k", 2).node("TopK", "x k", "y i"))
        .add(
            "TopK along another axis",
            f -> f.input("x", 8, 3).ints("k", 5).node("TopK", "x k", "y i", attribute("axis", 0)))
        .add("Trilu", f -> f.input("x", 3, 4).node("Trilu", "x", "y"));
  }

  private static void pads(NodeCases cases) {
    for (String mode : List.of("constant", "reflect", "edge")) {
      cases
          .add(
              "Pad " + mode,
              f ->
                  f.input("x", 2, 3, 5)
                      .ints("p", 0, 1, 2, 0, 0, 1)
                      .node("Pad", "x p", "y", attribute("mode", mode)))
          .add(
              "Pad of a map " + mode,
              f ->
                  f.input("x", 2, 3, 5, 7)
                      .ints("p", 0, 0, 1, 2, 0, 0, 3, 0)
                      .node("MaxPool", "x", "q", list("kernel_shape", 1, 1))
                      .node("Pad", "q p", "y", attribute("mode", mode)));
    }
    cases
        .add(
            18,
            "Pad of some axes",
            f ->
                f.input("x", 2, 3, 5)
                    .ints("p", 1, 2, 3, 4)
                    .scalar("v", 1)
                    .ints("a", -1, 0)
                    .node("Pad", "x p v a", "y"))
        .add(
            "Pad that cuts off",
            f -> f.input("x", 6, 8).ints("p", -1, 2, 0, -3).node("Pad", "x p", "y"))
        .add(
            9 + 1,
            "Pad by attribute",
            f -> f.input("x", 2, 3).node("Pad", "x", "y", list("pads", 1, 0, 2, 3)));
  }

  private static void shapes(NodeCases cases) {
    cases
        .add(
            "Reshape by a computed shape",
            f ->
                f.input("x", 2, 3, 4)
                    .ints("i", 0)
                    .ints("o", -1)
                    .node("Shape", "x", "s")
                    .node("Gather", "s i", "n")
                    .node("Concat", "n o", "t", attribute("axis", 0))
                    .node("Reshape", "x t", "y"))
        .add(
            15,
            "Shape from an axis on",
            f ->
                f.input("x", 2, 3, 4)
                    .input("z", 12)
                    .node("Shape", "x", "s", attribute("start", 1))
                    .node("Reshape", "z s", "y"))
        .add(
            "Reshape by products of a shape",
            f ->
                f.input("x", 2, 3, 4)
                    .ints("b", 0)
                    .ints("e", 2)
                    .node("Shape", "x", "s")
                    .node("Slice", "s b e", "f")
                    .ints("o", -1)
                    .node("ReduceProd", "f", "n", attribute("keepdims", 1))
                    .node("Concat", "n o", "t", attribute("axis", 0))
                    .node("Reshape", "x t", "y"))
        .add(
            "ConstantOfShape",
            f ->
                f.input("x", 2, 3)
                    .node("Shape", "x", "s")
                    .node("ConstantOfShape", "s", "c")
                    .node("Add", "x c", "y"))
        .add(
            "Range of a size",
            f ->
                f.input("x", 2, 5)
                    .ints("i", 1)
                    .ints("zero", 0)
                    .ints("one", 1)
                    .node("Shape", "x", "s")
                    .node("Gather", "s i", "n")
                    .node("Squeeze", "n", "limit")
                    .node("Squeeze", "zero", "a")
                    .node("Squeeze", "one", "d")
                    .node("Range", "a limit d", "r")
                    .node("Cast", "r", "c", attribute("to", OnnxFile.FLOAT))
                    .node("Add", "x c", "y"));
  }
}
