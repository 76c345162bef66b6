package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.DataType;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Quantization;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.graph.Tensor;
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
 *       where they fit into that; to all lanes, too, where a vector becomes a vector;
 *   <li>a depthwise layer's weights stand in dot products of their own, one of whose inputs counts;
 *   <li>beside each padded output channel of a layer with a bias lies that bias, 4 bytes, and,
 *       where every channel has a scale of its own, 4 bytes of scale;
 *   <li>a layer takes whole blocks of 64 bytes.
 * </ul>
 */
final class StoredParameters {
  private static final int BIAS_BYTES = 4;
  private static final int SCALE_BYTES = 4;
  private static final int BLOCK_BYTES = 64;

  /** Bytes beside the weights of an output channel with a scale of its own. */
  static final int BESIDE_BYTES = BIAS_BYTES + SCALE_BYTES;

  private StoredParameters() {}

  static long bytes(Graph graph, Layer layer, Core core) {
    Node main = graph.nodes().get(layer.main());
    Optional<LoopNest> loops =
        layer.parameters().isEmpty() ? Optional.empty() : LoopNest.of(graph, main);
    if (loops.isEmpty()) {
      return layer.parameters().stream().mapToLong(index -> graph.tensor(index).bytes()).sum();
    }
    Tensor weights = graph.tensor(layer.parameters().getFirst());
    LoopNest nest = loops.get();
    boolean depthwise = nest.inputs() == 1 && nest.groups() > 1;
    long all = nest.groups() * nest.outputs();
    long outputs =
        depthwise
            ? roundUp(all, core.inputs())
            : isVector(graph, main) ? roundUp(all, core.outputs()) : paddedOutputs(all, core);
    long inputs = roundUp(nest.inputs(), core.inputs());
    long stored = weights.type().bytes(nest.area() * inputs * outputs);
    boolean hasBias = layer.parameters().size() > 1;
    int beside = !hasBias ? 0 : hasScales(weights) ? BESIDE_BYTES : BIAS_BYTES;
    return roundUp(stored + beside * outputs, BLOCK_BYTES);
  }

  private static boolean isVector(Graph graph, Node node) {
    Shape input = graph.input(node, 0).shape();
    return input.elements() == input.innermost();
  }

  /** The least group of output channels that is stored for itself, but for a very narrow layer. */
  static int narrowOutputs(Core core) {
    return Math.max(1, core.outputs() / 4);
  }

  private static long paddedOutputs(long outputs, Core core) {
    int lanes = core.outputs();
    if (outputs > lanes) {
      return roundUp(outputs, lanes);
    }
    int veryNarrow = Math.max(1, lanes / 16);
    return outputs <= veryNarrow ? veryNarrow : roundUp(outputs, narrowOutputs(core));
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
