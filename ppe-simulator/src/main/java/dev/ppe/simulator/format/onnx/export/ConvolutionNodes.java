package dev.ppe.simulator.format.onnx.export;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Convolutions, pooling and what else works on feature maps, which have channels first. */
final class ConvolutionNodes {
  private static final Layout MAP = Layout.CHANNELS_FIRST;

  /** [Co, Kh, Kw, Ci / groups] to [Co, Ci / groups, Kh, Kw]. */
  private static final List<Integer> REGULAR = List.of(0, 3, 1, 2);

  /** [1, Kh, Kw, C] to [C, 1, Kh, Kw], and [Co, Kh, Kw, Ci] to [Ci, Co, Kh, Kw]. */
  private static final List<Integer> INNERMOST_FIRST = List.of(3, 0, 1, 2);

  private final Values values;
  private final OnnxFile file;

  ConvolutionNodes(Values values) {
    this.values = values;
    this.file = values.file();
  }

  void conv(Node node, Operator.Conv2d conv) {
    conv(node, conv.window(), conv.groups(), conv.activation(), new Layout(REGULAR));
  }

  void depthwise(Node node, Operator.DepthwiseConv2d conv) {
    int channels = values.shape(node.inputs().getFirst()).dim(3);
    conv(node, conv.window(), channels, conv.activation(), new Layout(INNERMOST_FIRST));
  }

  private void conv(
      Node node, Window window, int groups, Activation activation, Layout weightLayout) {
    Shape map = values.shape(node.inputs().getFirst());
    activated(
        node,
        activation,
        result ->
            file.operator(
                node,
                "Conv",
                operands(node, weightLayout),
                List.of(result),
                kernel(window),
                strides(window),
                Attribute.wholes(
                    "dilations", List.of(window.dilationHeight(), window.dilationWidth())),
                pads(window, map),
                Attribute.whole("group", groups)));
  }

  private List<String> operands(Node node, Layout weightLayout) {
    List<String> operands = new ArrayList<>();
    operands.add(values.real(node.inputs().getFirst(), MAP));
    operands.add(values.operand(node.inputs().get(1), weightLayout));
    if (node.hasInput(2)) {
      operands.add(MatrixNodes.bias(values, node.inputs().get(2)));
    }
    return operands;
  }

  /** Rows that the window's formula lacks are added at the end. */
  void transpose(Node node, Operator.TransposeConv2d conv) {
    Window window = conv.window();
    Shape input = values.shape(node.inputs().getFirst());
    Padding padding =
        window.padding().same()
            ? window.samePadding(conv.outputHeight(), conv.outputWidth())
            : window.padding();
    int rows = (input.dim(1) - 1) * window.strideHeight() + window.kernelHeight();
    int columns = (input.dim(2) - 1) * window.strideWidth() + window.kernelWidth();
    List<Integer> missing =
        List.of(
            conv.outputHeight() - (rows - padding.top() - padding.bottom()),
            conv.outputWidth() - (columns - padding.left() - padding.right()));
    activated(
        node,
        conv.activation(),
        result ->
            file.operator(
                node,
                "ConvTranspose",
                operands(node, new Layout(INNERMOST_FIRST)),
                List.of(result),
                kernel(window),
                strides(window),
                pads(padding),
                Attribute.wholes("output_padding", missing)));
  }

  void pool(Node node, Operator.Pool2d pool) {
    Window window = pool.window();
    Shape map = values.shape(node.inputs().getFirst());
    String type = pool.function() == PoolFunction.MAX ? "MaxPool" : "AveragePool";
    List<String> operands = List.of(values.real(node.inputs().getFirst(), MAP));
    activated(
        node,
        pool.activation(),
        result ->
            file.operator(
                node,
                type,
                operands,
                List.of(result),
                kernel(window),
                strides(window),
                pads(window, map)));
  }

  void global(Node node, Operator.GlobalPool2d pool) {
    plain(node, pool.function() == PoolFunction.MAX ? "GlobalMaxPool" : "GlobalAveragePool");
  }

  /** A node that only looks at the map. */
  void plain(Node node, String type, Message... attributes) {
    List<String> operands = List.of(values.real(node.inputs().getFirst(), MAP));
    values.result(
        node, MAP, result -> file.operator(node, type, operands, List.of(result), attributes));
  }

  void resize(Node node, Operator.Resize resize) {
    String map = values.real(node.inputs().getFirst(), MAP);
    List<Integer> size = MAP.shape(values.shape(node.outputs().getFirst()));
    String sizes = file.integers(node.name() + "/size", size);
    String sampling =
        resize.alignCorners()
            ? "align_corners"
            : resize.halfPixelCenters() ? "half_pixel" : "asymmetric";
    boolean bilinear = resize.method() == ResizeMethod.BILINEAR;
    values.result(
        node,
        MAP,
        result ->
            file.operator(
                node,
                "Resize",
                List.of(map, "", "", sizes),
                List.of(result),
                Attribute.text("mode", bilinear ? "linear" : "nearest"),
                Attribute.text("coordinate_transformation_mode", sampling),
                Attribute.text(
                    "nearest_mode", resize.alignCorners() ? "round_prefer_ceil" : "floor")));
  }

  private void activated(Node node, Activation activation, Consumer<String> body) {
    OperatorNodes.activated(values, node, activation, MAP, body);
  }

  private static Message kernel(Window window) {
    return Attribute.wholes("kernel_shape", List.of(window.kernelHeight(), window.kernelWidth()));
  }

  private static Message strides(Window window) {
    return Attribute.wholes("strides", List.of(window.strideHeight(), window.strideWidth()));
  }

  private static Message pads(Window window, Shape map) {
    return pads(
        window.padding().same() ? window.samePadding(map.dim(1), map.dim(2)) : window.padding());
  }

  private static Message pads(Padding padding) {
    return Attribute.wholes(
        "pads", List.of(padding.top(), padding.left(), padding.bottom(), padding.right()));
  }
}
