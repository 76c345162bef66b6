package dev.ppe.simulator.format.export;

import dev.ppe.simulator.graph.Activation;
import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Operator.UnaryFunction;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Quantisation parameters for every quantised tensor of a network that fit together as runtimes
 * want them (tensorflow.org/lite, "8-bit quantization specification"):
 *
 * <ul>
 *   <li>a tensor with a scale of its own keeps it; int8 tensors without one get 1 / 128;
 *   <li>the results of softmax, logistic and tanh have the scale that the specification fixes;
 *   <li>operators that only move elements hand their operand's scale on;
 *   <li>weights span what an untrained layer has (He et al., 2015: the square root of 6 / inputs);
 *       those of fully connected layers have one scale, since TensorFlow Lite has taken one for
 *       each channel only since 2023;
 *   <li>a bias has the scale of the products it is added to, input x weights.
 * </ul>
 */
public final class QuantizationPlan {
  private static final float UNIT = 1f / 128;
  private static final int MAX_INT8 = 127;

  /** From 0 to 1. */
  private static final Quantized HALF_UNIT = Quantized.whole(1f / 256, -128);

  /** From -1 to 1: of a value that no specification fixes, and that no graph gives a scale. */
  public static final Quantized LINEAR = Quantized.whole(UNIT, 0);

  private final Graph graph;
  private final Predicate<Operator> oneScale;
  private final Map<Integer, Quantized> parameters = new HashMap<>();

  private QuantizationPlan(Graph graph, Predicate<Operator> oneScale) {
    this.graph = graph;
    this.oneScale = oneScale;
  }

  /** The plan of a graph whose nodes are in execution order. */
  public static QuantizationPlan of(Graph graph) {
    return of(graph, operator -> false);
  }

  /**
   * As {@link #of(Graph)} for a format that lacks something.
   *
   * @param oneScale operators whose weights may have no scale for each channel
   */
  public static QuantizationPlan of(Graph graph, Predicate<Operator> oneScale) {
    QuantizationPlan plan = new QuantizationPlan(graph, oneScale);
    for (int i = 0; i < graph.tensors().size(); i++) {
      plan.put(i, own(graph.tensor(i)));
    }
    graph.nodes().forEach(plan::weights);
    graph.nodes().forEach(plan::result);
    graph.nodes().forEach(plan::bias);
    return plan;
  }

  /** The parameters of a tensor, if it is quantised. */
  public Optional<Quantized> of(int tensor) {
    return Optional.ofNullable(parameters.get(tensor));
  }

  private void put(int tensor, Optional<Quantized> quantized) {
    quantized.ifPresent(found -> parameters.put(tensor, found));
  }

  private static Optional<Quantized> own(Tensor tensor) {
    return switch (tensor.quantization()) {
      case Quantization.PerTensor whole ->
          Optional.of(
              Quantized.whole(
                  whole.scale() > 0 && Float.isFinite(whole.scale()) ? whole.scale() : UNIT,
                  whole.zeroPoint()));
      case Quantization.PerChannel channels -> Optional.of(along(channels, tensor.shape(), UNIT));
      case Quantization.None none when tensor.type() == DataType.INT8 -> Optional.of(LINEAR);
      case Quantization.None none -> Optional.empty();
    };
  }

  private static Quantized along(Quantization.PerChannel channels, Shape shape, float base) {
    return channels.axis() < shape.rank()
        ? new Quantized(base, 0, shape.dim(channels.axis()), channels.axis())
        : Quantized.whole(base, 0);
  }

  private void weights(Node node) {
    if (!weighs(node.operator())) {
      return;
    }
    Tensor weights = graph.input(node, 1);
    boolean given = weights.quantization() instanceof Quantization.PerTensor;
    if (weights.isParameter() && of(node.inputs().get(1)).isPresent() && !given) {
      Shape shape = weights.shape();
      long outputs =
          node.operator() instanceof Operator.DepthwiseConv2d ? shape.innermost() : shape.dim(0);
      double bound = Math.sqrt(6.0 * outputs / Math.max(1, shape.elements()));
      Quantized unit =
          oneScale.test(node.operator())
              ? LINEAR
              : parameters.getOrDefault(node.inputs().get(1), LINEAR);
      parameters.put(node.inputs().get(1), unit.times((float) (bound / MAX_INT8) / unit.base()));
    }
  }

  /** Whether its operands are an input, weights, and a bias or none. */
  public static boolean weighs(Operator operator) {
    return switch (operator) {
      case Operator.Conv2d conv -> true;
      case Operator.DepthwiseConv2d conv -> true;
      case Operator.TransposeConv2d conv -> true;
      case Operator.FullyConnected fc -> true;
      default -> false;
    };
  }

  private void result(Node node) {
    for (int output : node.outputs()) {
      if (graph.tensor(output).type() == DataType.INT8) {
        put(output, fixed(node.operator()).or(() -> handedOn(node)));
      }
    }
  }

  private static Optional<Quantized> fixed(Operator operator) {
    return switch (operator) {
      case Operator.Softmax softmax -> Optional.of(HALF_UNIT);
      case Operator.LogSoftmax softmax -> Optional.of(Quantized.whole(16f / 256, 127));
      case Operator.Unary unary when unary.function() == UnaryFunction.LOGISTIC ->
          Optional.of(HALF_UNIT);
      case Operator.Unary unary when unary.function() == UnaryFunction.TANH -> Optional.of(LINEAR);
      case Operator.Conv2d conv -> fixed(conv.activation());
      case Operator.DepthwiseConv2d conv -> fixed(conv.activation());
      case Operator.TransposeConv2d conv -> fixed(conv.activation());
      case Operator.FullyConnected fc -> fixed(fc.activation());
      case Operator.Pool2d pool -> fixed(pool.activation());
      case Operator.Binary binary -> fixed(binary.activation());
      case Operator.Concat concat -> fixed(concat.activation());
      default -> Optional.empty();
    };
  }

  private static Optional<Quantized> fixed(Activation activation) {
    return switch (activation) {
      case LOGISTIC -> Optional.of(HALF_UNIT);
      case TANH -> Optional.of(LINEAR);
      case NONE, RELU, RELU6, RELU_N1_TO_1, HARD_SWISH, SIGN_BIT -> Optional.empty();
    };
  }

  private Optional<Quantized> handedOn(Node node) {
    boolean moves =
        switch (node.operator()) {
          case Operator.Pool2d pool -> true;
          case Operator.GlobalPool2d pool -> pool.function() == Operator.PoolFunction.MAX;
          case Operator.Reshape r -> true;
          case Operator.Squeeze s -> true;
          case Operator.ExpandDims e -> true;
          case Operator.Transpose t -> true;
          case Operator.Split s -> true;
          case Operator.Slice s -> true;
          case Operator.StridedSlice s -> true;
          case Operator.Pad p -> true;
          case Operator.Resize r -> true;
          case Operator.Gather g -> true;
          case Operator.DepthToSpace d -> true;
          case Operator.SpaceToDepth s -> true;
          default -> false;
        };
    return moves && graph.input(node, 0).type() == DataType.INT8
        ? of(node.inputs().getFirst()).filter(input -> input.channels() == 1)
        : Optional.empty();
  }

  private void bias(Node node) {
    if (!weighs(node.operator()) || !node.hasInput(2)) {
      return;
    }
    Tensor bias = graph.input(node, 2);
    Optional<Quantized> products = biasOf(node.inputs().getFirst(), node.inputs().get(1));
    if (bias.type() != DataType.INT32 || products.isEmpty()) {
      return;
    }
    boolean whole = bias.quantization() instanceof Quantization.PerTensor;
    int channels = whole ? 1 : products.get().channels();
    parameters.put(node.inputs().get(2), new Quantized(products.get().base(), 0, channels, 0));
  }

  /** The parameters of a bias that is added to products of an input and weights. */
  public Optional<Quantized> biasOf(int input, int weights) {
    return of(input)
        .flatMap(
            in -> of(weights).map(w -> new Quantized(in.base() * w.base(), 0, w.channels(), 0)));
  }
}
