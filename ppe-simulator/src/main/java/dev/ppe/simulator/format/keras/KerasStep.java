package dev.ppe.simulator.format.keras;

import static dev.ppe.simulator.format.keras.KerasValues.bool;
import static dev.ppe.simulator.format.keras.KerasValues.tuple;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The statements of one node that has parameters or an activation function, all of which write the
 * same variable. One short method for each kind of layer, hence longer than most files.
 */
final class KerasStep {
  private final KerasValues values;
  private final Graph graph;
  private final Node node;
  private final Consumer<String> out;
  private final String name;
  private String x;

  KerasStep(KerasValues values, Node node, Consumer<String> out) {
    this.values = values;
    this.graph = values.graph();
    this.node = node;
    this.out = out;
    this.name = values.names().layer(node.name());
    this.x = "";
  }

  Shape input() {
    return graph.input(node, 0).shape();
  }

  /** Writes the variable; the first time it is new. */
  void assign(String expression) {
    if (x.isEmpty()) {
      x = values.define(node.outputs().getFirst());
    }
    out.accept(x + " = " + expression);
  }

  void layer(String type, String arguments) {
    String source = values.operand(node, 0);
    assign("layers.%s(%s, name=%s)(%s)".formatted(type, arguments, name, source));
  }

  private String derived(String what) {
    return values.names().layer(node.name() + "/" + what);
  }

  void prelu() {
    List<Integer> shared = IntStream.range(1, input().rank() - 1).boxed().toList();
    layer("PReLU", "shared_axes=" + (shared.isEmpty() ? "None" : tuple(shared)));
  }

  void concat(Operator.Concat concat) {
    assign(
        "layers.Concatenate(axis=%d, name=%s)([%s])"
            .formatted(concat.axis(), name, values.operands(node)));
    activation(concat.activation());
  }

  void layerNorm(Operator.LayerNorm norm) {
    List<Integer> axes = IntStream.rangeClosed(-norm.axes(), -1).boxed().toList();
    layer("LayerNormalization", "axis=" + tuple(axes));
  }

  void conv(Operator.Conv2d conv) {
    Window window = conv.window();
    String source = padded(window, "0.0");
    assign(
        "layers.Conv2D(%d, %s, %s%s%suse_bias=False, name=%s)(%s)"
            .formatted(
                graph.output(node, 0).shape().dim(3),
                kernel(window),
                sliding(window),
                dilation(window),
                conv.groups() > 1 ? "groups=%d, ".formatted(conv.groups()) : "",
                name,
                source));
    normalized(conv.activation());
  }

  void depthwise(Operator.DepthwiseConv2d conv) {
    Window window = conv.window();
    String source = padded(window, "0.0");
    String multiplier =
        conv.depthMultiplier() == 1
            ? ""
            : "depth_multiplier=%d, ".formatted(conv.depthMultiplier());
    if (window.strideHeight() != window.strideWidth()) {
      throw new IllegalArgumentException("depthwise layers of Keras have one stride both ways");
    }
    assign(
        "layers.DepthwiseConv2D(%s, %s%s%suse_bias=False, name=%s)(%s)"
            .formatted(
                kernel(window), sliding(window), dilation(window), multiplier, name, source));
    normalized(conv.activation());
  }

  void transpose(Operator.TransposeConv2d conv) {
    Window window = conv.window();
    if (!window.padding().same() && !window.padding().equals(Padding.VALID)) {
      throw new IllegalArgumentException("its padding is neither SAME nor VALID");
    }
    assign(
        "layers.Conv2DTranspose(%d, %s, %suse_bias=False, name=%s)(%s)"
            .formatted(
                graph.output(node, 0).shape().dim(3),
                kernel(window),
                sliding(window),
                name,
                values.operand(node, 0)));
    normalized(conv.activation());
  }

  /** Trained weights depend on it, deployed ones have it inside. */
  private void normalized(Activation activation) {
    assign("layers.BatchNormalization(name=%s)(%s)".formatted(derived("bn"), x));
    activation(activation);
  }

  void dense(Operator.FullyConnected fc) {
    String source = values.operand(node, 0);
    Shape shape = input();
    int depth = graph.input(node, 1).shape().dim(1);
    if (!fc.keepDimensions() && !(shape.rank() == 2 && shape.dim(1) == depth)) {
      source = "ops.reshape(%s, (-1, %d))".formatted(source, depth);
    }
    assign(
        "layers.Dense(%d, use_bias=%s, name=%s)(%s)"
            .formatted(
                graph.output(node, 0).shape().innermost(), bool(node.hasInput(2)), name, source));
    activation(fc.activation());
  }

  void pool(Operator.Pool2d pool) {
    boolean max = pool.function() == PoolFunction.MAX;
    String source = padded(pool.window(), max ? "float(\"-inf\")" : "0.0");
    assign(
        "layers.%sPooling2D(%s, %sname=%s)(%s)"
            .formatted(
                max ? "Max" : "Average",
                kernel(pool.window()),
                sliding(pool.window()),
                name,
                source));
    activation(pool.activation());
  }

  void binary(Operator.Binary binary) {
    List<Integer> inputs = node.inputs();
    boolean stored = inputs.stream().anyMatch(input -> graph.tensor(input).isParameter());
    String layer =
        switch (binary.function()) {
          case ADD -> "Add";
          case SUB -> "Subtract";
          case MUL -> "Multiply";
          case MINIMUM -> "Minimum";
          case MAXIMUM -> "Maximum";
          case DIV, SQUARED_DIFFERENCE, POW -> "";
        };
    if (stored) {
      parameter(binary);
    } else if (layer.isEmpty()) {
      assign(function(binary.function(), values.operand(node, 0), values.operand(node, 1)));
    } else {
      assign("layers.%s(name=%s)([%s])".formatted(layer, name, values.operands(node)));
    }
    activation(binary.activation());
  }

  private static String function(BinaryFunction function, String left, String right) {
    return switch (function) {
      case ADD -> "ops.add(%s, %s)".formatted(left, right);
      case SUB -> "ops.subtract(%s, %s)".formatted(left, right);
      case MUL -> "ops.multiply(%s, %s)".formatted(left, right);
      case DIV -> "ops.divide(%s, %s)".formatted(left, right);
      case MINIMUM -> "ops.minimum(%s, %s)".formatted(left, right);
      case MAXIMUM -> "ops.maximum(%s, %s)".formatted(left, right);
      case SQUARED_DIFFERENCE -> "ops.square(ops.subtract(%s, %s))".formatted(left, right);
      case POW -> "ops.power(%s, %s)".formatted(left, right);
    };
  }

  /** A learned scale or offset for each channel, or a constant of the network. */
  private void parameter(Operator.Binary binary) {
    int position = graph.input(node, 1).isParameter() ? 0 : 1;
    int other = 1 - position;
    Shape shape = graph.input(node, other).shape();
    Shape result = graph.output(node, 0).shape();
    String source = values.operand(node, position);
    boolean perChannel = shape.rank() == 1 && shape.dim(0) == result.innermost();
    if (binary.function() == BinaryFunction.MUL && perChannel) {
      assign("layers.BatchNormalization(center=False, name=%s)(%s)".formatted(name, source));
    } else if (binary.function() == BinaryFunction.ADD && perChannel) {
      assign("layers.BatchNormalization(scale=False, name=%s)(%s)".formatted(name, source));
    } else {
      out.accept("# a stored %s goes here: its value is not in the graph".formatted(shape));
      String constant = "ops.ones(%s)".formatted(tuple(shape.toList()));
      String left = position == 0 ? source : constant;
      String right = position == 0 ? constant : source;
      assign(function(binary.function(), left, right));
    }
  }

  void gather(Operator.Gather gather) {
    Shape table = graph.input(node, 0).shape();
    boolean embeds = graph.input(node, 0).isParameter() && gather.axis() == 0 && table.rank() == 2;
    if (embeds) {
      assign(
          "layers.Embedding(%d, %d, name=%s)(%s)"
              .formatted(table.dim(0), table.dim(1), name, values.operand(node, 1)));
    } else {
      assign("ops.take(%s, axis=%d)".formatted(values.operands(node), gather.axis()));
    }
  }

  void activation(Activation activation) {
    switch (activation) {
      case NONE -> {}
      case RELU -> function("ReLU(");
      case RELU6 -> function("ReLU(max_value=6.0, ");
      case RELU_N1_TO_1 -> assign("ops.clip(%s, -1.0, 1.0)".formatted(x));
      case TANH -> function("Activation(\"tanh\", ");
      case SIGN_BIT -> assign("ops.sign(%s)".formatted(x));
      case LOGISTIC -> function("Activation(\"sigmoid\", ");
      case HARD_SWISH -> function("Activation(\"hard_swish\", ");
    }
  }

  private void function(String layer) {
    assign("layers.%sname=%s)(%s)".formatted(layer, derived("act"), x));
  }

  /** The operand, padded where the window says by how much. */
  private String padded(Window window, String fill) {
    String source = values.operand(node, 0);
    Padding padding = window.padding();
    if (padding.same() || padding.equals(Padding.VALID)) {
      return source;
    }
    return "ops.pad(%s, ((0, 0), (%d, %d), (%d, %d), (0, 0)), constant_values=%s)"
        .formatted(source, padding.top(), padding.bottom(), padding.left(), padding.right(), fill);
  }

  private static String kernel(Window window) {
    return pair(window.kernelHeight(), window.kernelWidth());
  }

  private static String sliding(Window window) {
    return "strides=%s, padding=\"%s\", "
        .formatted(
            pair(window.strideHeight(), window.strideWidth()),
            window.padding().same() ? "same" : "valid");
  }

  private static String dilation(Window window) {
    return window.dilationHeight() == 1 && window.dilationWidth() == 1
        ? ""
        : "dilation_rate=%s, ".formatted(pair(window.dilationHeight(), window.dilationWidth()));
  }

  private static String pair(int height, int width) {
    return height == width ? Integer.toString(height) : "(%d, %d)".formatted(height, width);
  }
}
