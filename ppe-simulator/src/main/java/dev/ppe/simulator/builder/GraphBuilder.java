package dev.ppe.simulator.builder;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.GraphException;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.BinaryFunction;
import dev.ppe.simulator.graph.Operator.PoolFunction;
import dev.ppe.simulator.graph.Operator.ResizeMethod;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Window;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes a network layer by layer: each call adds one node with the parameters it needs and returns
 * its result, shape inferred.
 *
 * <pre>{@code
 * GraphBuilder net = GraphBuilder.named("tiny", Arithmetic.INT8);
 * Value x = net.input("image", 1, 224, 224, 3);
 * x = net.conv("stem", x, 32, Kernel.of(3).stride(2), Nonlinearity.RELU);
 * x = Blocks.fused(net.scope("b0"), x, new Bottleneck(128, 32, Kernel.of(3), Nonlinearity.RELU));
 * Graph graph = net.build(x);
 * }</pre>
 *
 * <p>A builder is an unchanging view of a growing graph: {@link #scope} and {@link #withoutBias}
 * give other views of the same graph, and a block is a function that takes the view to write on.
 * What does not branch can be written as a {@link Chain}. Layers have a bias unless told otherwise,
 * since batch normalisation folds into weights and bias.
 *
 * <p>A mistake throws {@link GraphException} from the call that makes it, naming the layer; the
 * graph is then of no more use. Not safe for use by several threads.
 *
 * <p>One short method for each kind of layer, hence longer than most files.
 */
public final class GraphBuilder {
  private final GraphAssembly graph;
  private final Arithmetic arithmetic;
  private final String scope;
  private final boolean biased;

  private GraphBuilder(GraphAssembly graph, Arithmetic arithmetic, String scope, boolean biased) {
    this.graph = graph;
    this.arithmetic = arithmetic;
    this.scope = scope;
    this.biased = biased;
  }

  /** A builder of a new graph. */
  public static GraphBuilder named(String name, Arithmetic arithmetic) {
    return new GraphBuilder(new GraphAssembly(name), arithmetic, "", true);
  }

  /** This graph, with names under {@code name} and a slash; scopes nest. */
  public GraphBuilder scope(String name) {
    return new GraphBuilder(graph, arithmetic, path(name) + "/", biased);
  }

  /** This graph, with layers that have no bias. */
  public GraphBuilder withoutBias() {
    return new GraphBuilder(graph, arithmetic, scope, false);
  }

  /** Layers one behind the other, the first of which reads {@code x}. */
  public Chain chain(Value x) {
    return new Chain(this, x);
  }

  /** What a caller provides, of the network's own type. */
  public Value input(String name, int... dimensions) {
    return input(name, arithmetic.type(), dimensions);
  }

  /** What a caller provides, for example int32 token ids. */
  public Value input(String name, DataType type, int... dimensions) {
    return layer(
        name, () -> graph.input(Arithmetic.activation(path(name), Shape.of(dimensions), type)));
  }

  /** A 2-D convolution over {@code x}. */
  public Value conv(String name, Value x, int channels, Kernel kernel, Activation activation) {
    return groupConv(name, x, channels, 1, kernel, activation);
  }

  /** A 2-D convolution over {@code x}, and what {@code nonlinearity} takes after it. */
  public Value conv(String name, Value x, int channels, Kernel kernel, Nonlinearity nonlinearity) {
    return groupConv(name, x, channels, 1, kernel, nonlinearity);
  }

  /** A 1 x 1 convolution over {@code x}. */
  public Value pointwise(String name, Value x, int channels, Activation activation) {
    return conv(name, x, channels, Kernel.POINT, activation);
  }

  /** A 1 x 1 convolution over {@code x}, and what {@code nonlinearity} takes after it. */
  public Value pointwise(String name, Value x, int channels, Nonlinearity nonlinearity) {
    return conv(name, x, channels, Kernel.POINT, nonlinearity);
  }

  /**
   * A 2-D convolution in {@code groups} groups, each from its share of the input's channels to its
   * share of the output's.
   */
  public Value groupConv(
      String name, Value x, int channels, int groups, Kernel kernel, Activation activation) {
    return layer(
        name,
        () -> {
          requireGroups(name, x, channels, groups);
          Window window = kernel.window();
          Shape weights =
              Shape.of(
                  channels, window.kernelHeight(), window.kernelWidth(), x.channels() / groups);
          return weighted(name, new Operator.Conv2d(window, groups, activation), x, weights, 0);
        });
  }

  /** What a convolution in groups asks of the channels on both sides, whatever its form. */
  void requireGroups(String name, Value x, int channels, int groups) {
    layer(
        name,
        () -> {
          requirePositive("output channels", channels);
          requirePositive("groups", groups);
          requireDivides("input channels", x.channels(), groups);
          requireDivides("output channels", channels, groups);
          return x;
        });
  }

  /** A 2-D convolution in groups, and what {@code nonlinearity} takes after it. */
  public Value groupConv(
      String name, Value x, int channels, int groups, Kernel kernel, Nonlinearity nonlinearity) {
    Value linear = groupConv(name, x, channels, groups, kernel, nonlinearity.fused());
    return nonlinearity.complete(this, name, linear);
  }

  /** A depthwise convolution over {@code x}, one output channel for each input channel. */
  public Value depthwise(String name, Value x, Kernel kernel, Activation activation) {
    return layer(
        name,
        () -> {
          Window window = kernel.window();
          Shape weights = Shape.of(1, window.kernelHeight(), window.kernelWidth(), x.channels());
          return weighted(name, new Operator.DepthwiseConv2d(window, 1, activation), x, weights, 3);
        });
  }

  /** A depthwise convolution over {@code x}, and what {@code nonlinearity} takes after it. */
  public Value depthwise(String name, Value x, Kernel kernel, Nonlinearity nonlinearity) {
    return nonlinearity.complete(this, name, depthwise(name, x, kernel, nonlinearity.fused()));
  }

  /** A transposed convolution: a SAME-padded one backwards, so a stride multiplies the map. */
  public Value transposeConv(
      String name, Value x, int channels, Kernel kernel, Activation activation) {
    return layer(
        name,
        () -> {
          requirePositive("output channels", channels);
          Window window = kernel.window();
          Shape weights =
              Shape.of(channels, window.kernelHeight(), window.kernelWidth(), x.channels());
          Operator operator =
              new Operator.TransposeConv2d(
                  window,
                  x.height() * window.strideHeight(),
                  x.width() * window.strideWidth(),
                  activation);
          return weighted(name, operator, x, weights, 0);
        });
  }

  /**
   * {@code units} weighted sums of all features.
   *
   * @param x [N, features], or a feature map of 1 x 1
   * @return [N, units]
   */
  public Value fullyConnected(String name, Value x, int units, Activation activation) {
    return layer(
        name,
        () -> {
          requirePositive("units", units);
          if (x.shape().elements() != (long) x.shape().dim(0) * x.channels()) {
            throw new IllegalArgumentException(
                "input " + x + " has positions besides features: pool or reshape it first");
          }
          Shape weights = Shape.of(units, x.channels());
          return weighted(name, new Operator.FullyConnected(false, activation), x, weights, 0);
        });
  }

  private Value weighted(String name, Operator operator, Value x, Shape shape, int channelAxis) {
    if (x.type() != arithmetic.type()) {
      throw new IllegalArgumentException(
          "input %s is %s, but the weights are %s".formatted(x, x.type(), arithmetic.type()));
    }
    Value weights = weights(name + "/weights", shape, channelAxis);
    return biased
        ? apply(name, operator, x, weights, bias(name + "/bias", shape.dim(channelAxis)))
        : apply(name, operator, x, weights);
  }

  /** Average over each position of the kernel. */
  public Value averagePool(String name, Value x, Kernel kernel) {
    return apply(
        name, new Operator.Pool2d(PoolFunction.AVERAGE, kernel.window(), Activation.NONE), x);
  }

  /** Largest element at each position of the kernel. */
  public Value maxPool(String name, Value x, Kernel kernel) {
    return apply(name, new Operator.Pool2d(PoolFunction.MAX, kernel.window(), Activation.NONE), x);
  }

  /** Average over the whole map: [N, 1, 1, C]. */
  public Value globalAveragePool(String name, Value x) {
    return apply(name, new Operator.GlobalPool2d(PoolFunction.AVERAGE), x);
  }

  /** Sum of two values, broadcast as NumPy does. */
  public Value add(String name, Value left, Value right, Activation activation) {
    return apply(name, new Operator.Binary(BinaryFunction.ADD, activation), left, right);
  }

  /** Product of two values element by element, broadcast as NumPy does: gates and scales. */
  public Value multiply(String name, Value left, Value right) {
    return apply(name, new Operator.Binary(BinaryFunction.MUL, Activation.NONE), left, right);
  }

  /**
   * A learned scale and offset for each channel: a batch normalisation that no convolution before
   * it can take in.
   */
  public Value scaleAndOffset(String name, Value x, Activation activation) {
    GraphBuilder net = scope(name);
    Value scaled = net.multiply("mul", x, net.parameter("scale", x.channels()));
    return net.add("add", scaled, net.parameter("offset", x.channels()), activation);
  }

  /** A function of each element, where it is not fused into the layer before. */
  public Value unary(String name, UnaryFunction function, Value x) {
    return apply(name, new Operator.Unary(function), x);
  }

  /** Values one behind the other along {@code axis}; negative axes count from the innermost. */
  public Value concat(String name, int axis, List<Value> values) {
    return applyAll(name, new Operator.Concat(axis, Activation.NONE), values).getFirst();
  }

  /** Pieces of {@code x} along {@code axis}, of sizes that add up to it. */
  public List<Value> split(String name, Value x, int axis, List<Integer> sizes) {
    return applyAll(name, new Operator.Split(axis, sizes), List.of(x));
  }

  /** The same elements under another shape; one dimension may be -1. */
  public Value reshape(String name, Value x, Integer... dimensions) {
    return apply(name, new Operator.Reshape(List.of(dimensions)), x);
  }

  /** {@code x} without the given axes, which must be 1; without any of 1 if none is given. */
  public Value squeeze(String name, Value x, Integer... axes) {
    return apply(name, new Operator.Squeeze(List.of(axes)), x);
  }

  /**
   * Dimensions in another order: that of the result at i is {@code permutation[i]} of the input.
   */
  public Value transpose(String name, Value x, List<Integer> permutation) {
    return apply(name, new Operator.Transpose(permutation), x);
  }

  /** A feature map scaled bilinearly, with half-pixel centres. */
  public Value resizeBilinear(String name, Value x, int height, int width) {
    return layer(
        name,
        () ->
            apply(name, new Operator.Resize(ResizeMethod.BILINEAR, height, width, false, true), x));
  }

  /** Probabilities along the innermost axis. */
  public Value softmax(String name, Value x) {
    return apply(name, new Operator.Softmax(-1), x);
  }

  /**
   * Stored weights for {@link #apply}.
   *
   * @param channelAxis the axis of output channels, along which int8 weights have their scales
   */
  public Value weights(String name, Shape shape, int channelAxis) {
    return layer(name, () -> graph.parameter(arithmetic.weights(path(name), shape, channelAxis)));
  }

  /** A stored bias for {@link #apply}. */
  public Value bias(String name, int channels) {
    return layer(name, () -> graph.parameter(arithmetic.bias(path(name), channels)));
  }

  /** Any other stored operand of the network's own type: a scale, an offset, a table. */
  public Value parameter(String name, int... dimensions) {
    return layer(
        name, () -> graph.parameter(arithmetic.parameter(path(name), Shape.of(dimensions))));
  }

  /** Any operator of one result; all layers come down to this. */
  public Value apply(String name, Operator operator, Value... operands) {
    List<Value> results = applyAll(name, operator, List.of(operands));
    if (results.size() != 1) {
      throw mistake(name, "%s has %d results".formatted(operator.kind(), results.size()));
    }
    return results.getFirst();
  }

  /** Any operator. */
  public List<Value> applyAll(String name, Operator operator, List<Value> operands) {
    return layer(name, () -> graph.apply(path(name), operator, operands));
  }

  /**
   * What an earlier layer gave, by its name: heads branch off inside a backbone's blocks.
   *
   * @throws GraphException if there is no such layer
   */
  public Value endpoint(String name) {
    return layer(name, () -> graph.endpoint(path(name)));
  }

  /**
   * The verified graph with these outputs.
   *
   * @throws GraphException if a layer's result is neither read nor an output, or a stored operand
   *     is never read
   */
  public Graph build(Value... outputs) {
    return graph.build(List.of(outputs));
  }

  /** What a block throws if its figures do not fit: the fault of the layer it was to write. */
  public GraphException mistake(String name, String reason) {
    return new GraphException("layer \"" + scope + name + "\"", reason);
  }

  private String path(String name) {
    if (name.isBlank() || name.startsWith("/") || name.endsWith("/")) {
      throw mistake(name, "a name is one or more words with slashes between them");
    }
    return scope + name;
  }

  private <T> T layer(String name, Supplier<T> body) {
    try {
      return body.get();
    } catch (GraphException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      GraphException placed = mistake(name, String.valueOf(e.getMessage()));
      placed.initCause(e);
      throw placed;
    }
  }

  private static void requireDivides(String what, int channels, int groups) {
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          "%d %s do not divide into %d groups".formatted(channels, what, groups));
    }
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is " + value + ", must be 1 or more");
    }
  }
}
