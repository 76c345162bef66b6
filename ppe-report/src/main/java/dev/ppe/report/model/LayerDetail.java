package dev.ppe.report.model;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.Optional;

/**
 * What a layer's main node says of it beside the answer.
 *
 * @param input shape of the first activation that it reads; empty where it is not known
 * @param output shape of its first result; empty where it is not known
 * @param window such as {@code 3x3, stride 2}; empty where nothing slides
 * @param kernel elements of that window; 0 where nothing slides
 * @param channels of the input and the output, innermost; 0 where they are not known
 */
record LayerDetail(String input, String output, String window, long kernel, Channels channels) {
  /** Innermost dimensions. */
  record Channels(int in, int out) {}

  /** Of a layer whose node was not found. */
  static final LayerDetail UNKNOWN = new LayerDetail("", "", "", 0, new Channels(0, 0));

  static LayerDetail of(Graph graph, Node node) {
    Optional<Window> window = window(node.operator());
    Shape output = graph.output(node, 0).shape();
    Optional<Shape> input =
        node.inputs().stream()
            .filter(index -> index != Node.ABSENT && !graph.tensor(index).isParameter())
            .findFirst()
            .map(index -> graph.tensor(index).shape());
    return new LayerDetail(
        input.map(Shape::toString).orElse(""),
        output.toString(),
        window.map(LayerDetail::describe).orElse(""),
        window.map(Window::area).orElse(0L),
        new Channels(input.map(LayerDetail::channels).orElse(0), channels(output)));
  }

  /** Whether it mixes channels at one place alone. */
  boolean isPointwise() {
    return kernel == 1;
  }

  private static int channels(Shape shape) {
    return shape.rank() == 0 ? 0 : shape.innermost();
  }

  private static Optional<Window> window(Operator operator) {
    return switch (operator) {
      case Operator.Conv2d conv -> Optional.of(conv.window());
      case Operator.DepthwiseConv2d conv -> Optional.of(conv.window());
      case Operator.TransposeConv2d conv -> Optional.of(conv.window());
      case Operator.Pool2d pool -> Optional.of(pool.window());
      default -> Optional.empty(); // nothing slides over a feature map
    };
  }

  private static String describe(Window window) {
    StringBuilder text = new StringBuilder();
    text.append(window.kernelHeight()).append('x').append(window.kernelWidth());
    pair(text, "stride", window.strideHeight(), window.strideWidth());
    pair(text, "dilation", window.dilationHeight(), window.dilationWidth());
    return text.toString();
  }

  private static void pair(StringBuilder text, String name, int height, int width) {
    if (height != 1 || width != 1) {
      text.append(", ").append(name).append(' ').append(height);
      if (height != width) {
        text.append('x').append(width);
      }
    }
  }
}
