package dev.ppe.simulator.format.onnx;

import static dev.ppe.simulator.format.onnx.OnnxFile.attribute;
import static dev.ppe.simulator.format.onnx.OnnxFile.list;

import dev.ppe.simulator.format.onnx.OnnxFile.Fields;
import java.util.List;

/** Convolutions, poolings and other operators over maps. */
final class WindowCases {
  private static final List<String> POOLS = List.of("MaxPool", "AveragePool");

  private WindowCases() {}

  static NodeCases all() {
    NodeCases cases = new NodeCases();
    convolutions(cases);
    transposed(cases);
    POOLS.forEach(type -> pools(cases, type));
    others(cases);
    return cases;
  }

  private static void convolutions(NodeCases cases) {
    conv(cases, "conv");
    conv(cases, "conv with uneven pads", list("pads", 2, 0, 1, 3));
    conv(cases, "conv with strides", list("strides", 2, 3));
    conv(cases, "conv with dilations", list("dilations", 2, 1), list("pads", 2, 1, 2, 1));
    conv(cases, "conv SAME_UPPER", attribute("auto_pad", "SAME_UPPER"), list("strides", 2, 2));
    conv(cases, "conv SAME_LOWER", attribute("auto_pad", "SAME_LOWER"), list("strides", 3, 2));
    conv(cases, "conv VALID", attribute("auto_pad", "VALID"), list("kernel_shape", 3, 2));
    cases
        .add(
            "conv in groups",
            f ->
                f.input("x", 2, 6, 9, 7)
                    .weights("w", 8, 3, 3, 2)
                    .weights("b", 8)
                    .node("Conv", "x w b", "y", attribute("group", 2)))
        .add(
            "depthwise conv with a multiplier",
            f ->
                f.input("x", 2, 6, 9, 7)
                    .weights("w", 12, 1, 3, 3)
                    .node("Conv", "x w", "y", attribute("group", 6), list("pads", 1, 1, 1, 1)))
        .add(
            "conv of computed weights",
            f -> f.input("x", 1, 3, 9, 7).input("w", 5, 3, 2, 4).node("Conv", "x w", "y"))
        .add(
            "conv over a sequence",
            f ->
                f.input("x", 2, 3, 20)
                    .weights("w", 5, 3, 4)
                    .node(
                        "Conv",
                        "x w",
                        "y",
                        list("strides", 2),
                        list("pads", 1, 3),
                        list("dilations", 2)))
        .add(
            "conv over a sequence SAME_UPPER",
            f ->
                f.input("x", 2, 3, 20)
                    .weights("w", 5, 3, 4)
                    .node(
                        "Conv",
                        "x w",
                        "y",
                        list("strides", 3),
                        attribute("auto_pad", "SAME_UPPER")))
        .declared(
            NodeCases.NEWEST,
            "conv over a volume",
            f -> f.input("x", 1, 3, 9, 7, 5).weights("w", 4, 3, 2, 2, 2).node("Conv", "x w", "y"),
            1,
            4,
            8,
            6,
            4);
  }

  private static void conv(NodeCases cases, String name, Fields... attributes) {
    cases.add(
        name,
        f ->
            f.input("x", 2, 3, 11, 8)
                .weights("w", 5, 3, 3, 2)
                .node("Conv", "x w", "y", attributes));
  }

  private static void transposed(NodeCases cases) {
    transposed(cases, "transposed conv");
    transposed(cases, "transposed conv with strides", list("strides", 2, 3));
    transposed(
        cases, "transposed conv with uneven pads", list("strides", 2, 2), list("pads", 0, 1, 2, 1));
    transposed(
        cases,
        "transposed conv with output padding",
        list("strides", 3, 2),
        list("output_padding", 2, 1));
    transposed(
        cases,
        "transposed conv with an output shape",
        list("strides", 3, 2),
        list("output_shape", 12, 9));
    transposed(
        cases,
        "transposed conv SAME_UPPER",
        list("strides", 2, 2),
        attribute("auto_pad", "SAME_UPPER"));
    transposed(
        cases,
        "transposed conv SAME_LOWER",
        list("strides", 3, 2),
        attribute("auto_pad", "SAME_LOWER"));
    transposed(cases, "transposed conv with dilations", list("dilations", 2, 3));
    cases.add(
        "transposed conv in groups",
        f ->
            f.input("x", 1, 4, 4, 5)
                .weights("w", 4, 3, 3, 3)
                .node("ConvTranspose", "x w", "y", attribute("group", 2), list("strides", 2, 2)));
    cases.add(
        "transposed conv over a sequence",
        f ->
            f.input("x", 1, 4, 9)
                .weights("w", 4, 3, 3)
                .node("ConvTranspose", "x w", "y", list("strides", 2)));
  }

  private static void transposed(NodeCases cases, String name, Fields... attributes) {
    cases.add(
        name,
        f ->
            f.input("x", 1, 4, 4, 5)
                .weights("w", 4, 3, 3, 2)
                .node("ConvTranspose", "x w", "y", attributes));
  }

  private static void pools(NodeCases cases, String type) {
    pool(cases, type, "");
    pool(cases, type, " with strides", list("strides", 2, 3));
    pool(cases, type, " with uneven pads", list("pads", 2, 0, 1, 1));
    pool(cases, type, " SAME_UPPER", attribute("auto_pad", "SAME_UPPER"), list("strides", 2, 2));
    pool(cases, type, " SAME_LOWER", attribute("auto_pad", "SAME_LOWER"), list("strides", 3, 3));
    pool(cases, type, " rounded up", attribute("ceil_mode", 1), list("strides", 2, 3));
    pool(
        cases,
        type,
        " rounded up with pads",
        attribute("ceil_mode", 1),
        list("strides", 3, 2),
        list("pads", 1, 1, 1, 1));
    pool(
        cases,
        type,
        " whose last window would start behind the map",
        attribute("ceil_mode", 1),
        list("strides", 5, 4),
        list("pads", 1, 0, 2, 1));
    cases.add(
        type + " over a sequence",
        f ->
            f.input("x", 2, 3, 20)
                .node(
                    type,
                    "x",
                    "y",
                    list("kernel_shape", 3),
                    list("strides", 2),
                    list("pads", 1, 0)));
    cases.declared(
        NodeCases.NEWEST,
        type + " over a volume",
        f -> f.input("x", 1, 3, 9, 7, 5).node(type, "x", "y", list("kernel_shape", 2, 2, 2)),
        1,
        3,
        8,
        6,
        4);
    if (type.equals("MaxPool")) {
      pool(cases, type, " with dilations", list("dilations", 2, 3));
      cases.declared(
          NodeCases.NEWEST,
          type + " whose places are read",
          f ->
              f.input("x", 1, 3, 9, 7)
                  .typedDeclare("i", OnnxFile.INT64, 1, 3, 8, 6)
                  .node(type, "x", "m i", list("kernel_shape", 2, 2))
                  .node("Cast", "i", "j", attribute("to", 1))
                  .declare("m", 1, 3, 8, 6)
                  .node("Add", "m j", "y"),
          1,
          3,
          8,
          6);
    } else {
      pool(
          cases,
          type,
          " that counts pads",
          attribute("count_include_pad", 1),
          list("pads", 1, 0, 2, 1));
    }
  }

  private static void pool(NodeCases cases, String type, String name, Fields... attributes) {
    Fields[] all = new Fields[attributes.length + 1];
    System.arraycopy(attributes, 0, all, 0, attributes.length);
    all[attributes.length] = list("kernel_shape", 3, 2);
    cases.add(type + name, f -> f.input("x", 2, 3, 11, 8).node(type, "x", "y", all));
  }

  private static void others(NodeCases cases) {
    for (String type : List.of("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool")) {
      cases
          .add(type, f -> f.input("x", 2, 3, 5, 7).node(type, "x", "y"))
          .add(type + " over a sequence", f -> f.input("x", 2, 3, 5).node(type, "x", "y"));
    }
    cases
        .add(
            "LpPool",
            f -> f.input("x", 2, 3, 11, 8).node("LpPool", "x", "y", list("kernel_shape", 3, 2)))
        .add("LRN", f -> f.input("x", 2, 3, 5, 7).node("LRN", "x", "y", attribute("size", 3)))
        .add(
            "DepthToSpace",
            f -> f.input("x", 2, 8, 3, 5).node("DepthToSpace", "x", "y", attribute("blocksize", 2)))
        .add(
            "DepthToSpace by columns and rows",
            f ->
                f.input("x", 2, 8, 3, 5)
                    .node(
                        "DepthToSpace",
                        "x",
                        "y",
                        attribute("blocksize", 2),
                        attribute("mode", "CRD")))
        .add(
            "SpaceToDepth",
            f -> f.input("x", 2, 3, 4, 6).node("SpaceToDepth", "x", "y", attribute("blocksize", 2)))
        .add(
            "Resize by sizes",
            f -> f.input("x", 2, 3, 5, 7).ints("s", 2, 3, 9, 4).node("Resize", "x - - s", "y"))
        .add(
            "Resize by scales",
            f ->
                f.input("x", 2, 3, 5, 7)
                    .floats("s", 1, 1, 1.7f, 0.6f)
                    .node("Resize", "x - s", "y", attribute("mode", "linear")))
        .add(
            "cubic Resize",
            f ->
                f.input("x", 2, 3, 5, 7)
                    .floats("s", 1, 1, 2, 2)
                    .node("Resize", "x - s", "y", attribute("mode", "cubic")))
        .add(
            "Resize of maps with channels last",
            f -> f.input("x", 2, 5, 7, 3).floats("s", 1, 2, 3, 1).node("Resize", "x - s", "y"))
        .add(
            18,
            "Resize of some axes",
            f ->
                f.input("x", 2, 3, 5, 7)
                    .ints("s", 10, 6)
                    .node("Resize", "x - - s", "y", list("axes", 3, 2)))
        .add(
            18,
            "Resize that keeps the ratio",
            f ->
                f.input("x", 2, 3, 5, 7)
                    .ints("s", 20, 20)
                    .node(
                        "Resize",
                        "x - - s",
                        "y",
                        list("axes", 2, 3),
                        attribute("keep_aspect_ratio_policy", "not_larger")))
        .add(
            10,
            "Resize of two operands",
            f -> f.input("x", 2, 3, 5, 7).floats("s", 1, 1, 2, 2).node("Resize", "x s", "y"))
        .add(
            9,
            "Upsample",
            f -> f.input("x", 2, 3, 5, 7).floats("s", 1, 1, 2, 3).node("Upsample", "x s", "y"))
        .add(
            "BatchNormalization",
            f ->
                f.input("x", 2, 3, 5, 7)
                    .weights("a", 3)
                    .weights("b", 3)
                    .weights("c", 3)
                    .weights("d", 3)
                    .node("BatchNormalization", "x a b c d", "y"))
        .add(
            "InstanceNormalization",
            f ->
                f.input("x", 2, 3, 5, 7)
                    .weights("a", 3)
                    .weights("b", 3)
                    .node("InstanceNormalization", "x a b", "y"));
  }
}
