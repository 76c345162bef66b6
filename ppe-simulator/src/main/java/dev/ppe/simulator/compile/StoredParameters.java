package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
import dev.ppe.simulator.graph.Window;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Core;
import java.util.Optional;

/**
 * How many bytes a layer's parameters take as the accelerator stores them. The rule reproduces, to
 * the byte, what the vendor's compiler wrote into compiled networks (docs/validation.md):
 *
 * <ul>
 *   <li>weights lie in lines of the lanes' output channels by the inputs of one dot product. Inputs
 *       are padded to the dot product, output channels to a quarter of the lanes where they fill no
 *       more than all lanes once, to all lanes where they need several passes, and to a sixteenth
 *       where they fit into that; where a fully connected layer makes a vector of a vector, to all
 *       lanes, and to a quarter where the sixteenth would do;
 *   <li>of a kernel, rows and columns that meet padding alone, wherever it stands, are left out;
 *   <li>a depthwise layer's weights stand in dot products of their own, one of whose inputs counts;
 *   <li>beside each padded output channel of a layer with a bias lies that bias, 4 bytes, and,
 *       where every channel has a scale of its own, 4 bytes of scale; a recurrent layer has that
 *       for its input and for its state;
 *   <li>where a softmax makes its sums on the cores, it has three matrices from the vector to one
 *       value, and a block;
 *   <li>what an elementwise layer adds or multiplies with lies as it is, with one word beside;
 *   <li>a layer takes whole blocks of 64 bytes.
 * </ul>
 */
final class StoredParameters {
  private static final int BIAS_BYTES = 4;
  private static final int SCALE_BYTES = 4;
  private static final int BLOCK_BYTES = 64;
  private static final long SOFTMAX_MATRICES = 3;

  /** Bytes beside the weights of an output channel with a scale of its own. */
  static final int BESIDE_BYTES = BIAS_BYTES + SCALE_BYTES;

  private StoredParameters() {}

  static long bytes(Graph graph, Layer layer, Accelerator accelerator) {
    Core core = accelerator.core();
    Node main = graph.nodes().get(layer.main());
    if (layer.parameters().isEmpty()) {
      return main.operator() instanceof Operator.Softmax && accelerator.vectorUnit().matrixSoftmax()
          ? softmaxBytes(graph.input(main, 0), core)
          : 0;
    }
    Optional<LoopNest> loops = LoopNest.of(graph, main);
    if (loops.isEmpty()) {
      long bytes = layer.parameters().stream().mapToLong(p -> graph.tensor(p).bytes()).sum();
      return main.operator() instanceof Operator.Binary
          ? roundUp(bytes + BIAS_BYTES, BLOCK_BYTES)
          : bytes;
    }
    Tensor weights = graph.tensor(layer.parameters().getFirst());
    LoopNest nest = loops.get();
    boolean depthwise = nest.inputs() == 1 && nest.groups() > 1;
    long all = nest.groups() * nest.outputs();
    long outputs =
        depthwise
            ? roundUp(all, core.inputs())
            : isVector(graph, main) ? vectorOutputs(all, core) : paddedOutputs(all, core);
    long inputs = roundUp(nest.inputs(), core.inputs());
    long stored = weights.type().bytes(area(graph, main, nest) * inputs * outputs);
    boolean hasBias = layer.parameters().size() > 1;
    int beside = !hasBias ? 0 : hasScales(weights) ? BESIDE_BYTES : BIAS_BYTES;
    int sums = main.operator() instanceof Operator.UnidirectionalLstm ? 2 : 1;
    return roundUp(stored + outputs * beside * sums, BLOCK_BYTES);
  }

  /** Three matrices from the vector to one value, and a block of constants. */
  private static long softmaxBytes(Tensor vector, Core core) {
    long inputs = roundUp(Math.max(1, vector.shape().innermost()), core.inputs());
    return roundUp(
        vector.type().bytes(SOFTMAX_MATRICES * inputs * core.narrowOutputs()) + BLOCK_BYTES,
        BLOCK_BYTES);
  }

  /** Kernel elements that meet an element of the input anywhere. */
  private static long area(Graph graph, Node node, LoopNest nest) {
    Optional<Window> window =
        switch (node.operator()) {
          case Operator.Conv2d conv -> Optional.of(conv.window());
          case Operator.DepthwiseConv2d conv -> Optional.of(conv.window());
          default -> Optional.empty();
        };
    if (window.isEmpty()) {
      return nest.area();
    }
    Shape input = graph.input(node, 0).shape();
    Shape output = graph.output(node, 0).shape();
    Window w = window.get();
    Padding padding = w.padding().same() ? w.samePadding(input.dim(1), input.dim(2)) : w.padding();
    return met(
            w.kernelHeight(),
            w.strideHeight(),
            w.dilationHeight(),
            padding.top(),
            input.dim(1),
            output.dim(1))
        * met(
            w.kernelWidth(),
            w.strideWidth(),
            w.dilationWidth(),
            padding.left(),
            input.dim(2),
            output.dim(2));
  }

  /** Elements along one side of a kernel that stand on one of {@code size} for some output. */
  private static long met(int kernel, int stride, int dilation, int before, int size, int outputs) {
    long count = 0;
    for (int k = 0; k < kernel; k++) {
      long offset = (long) k * dilation - before; // where it stands for the first output
      long first = Math.max(0, Math.ceilDiv(-offset, (long) stride));
      count += first < outputs && first * stride + offset < size ? 1 : 0;
    }
    return count;
  }

  private static boolean isVector(Graph graph, Node node) {
    Shape input = graph.input(node, 0).shape();
    return node.operator() instanceof Operator.FullyConnected
        && input.elements() == input.innermost();
  }

  private static long vectorOutputs(long outputs, Core core) {
    return outputs <= veryNarrow(core) ? core.narrowOutputs() : roundUp(outputs, core.outputs());
  }

  private static long veryNarrow(Core core) {
    return Math.max(1, core.outputs() / 16);
  }

  private static long paddedOutputs(long outputs, Core core) {
    int lanes = core.outputs();
    if (outputs > lanes) {
      return roundUp(outputs, lanes);
    }
    return outputs <= veryNarrow(core) ? veryNarrow(core) : roundUp(outputs, core.narrowOutputs());
  }

  /**
   * Unsigned weights have one scale for all, as TensorFlow Lite's first quantisation had; reals
   * have none.
   */
  private static boolean hasScales(Tensor weights) {
    return switch (weights.quantization()) {
      case Quantization.PerChannel p -> true;
      case Quantization.PerTensor p -> false;
      case Quantization.None n -> weights.type() != DataType.UINT8 && !weights.type().isFloat();
    };
  }

  private static long roundUp(long value, long multiple) {
    return Math.ceilDiv(value, multiple) * multiple;
  }
}
