package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.graph.Operator;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Instructions;
import java.util.List;
import java.util.Optional;

/**
 * Bytes of instructions that the host sends for an inference: a program's, each layer's, and those
 * of the loops that are unrolled, over the rows of a PE's tile and over blocks of output channels.
 * PEs that do not all do the same have instructions of their own; so they have where a map is laid
 * out anew.
 */
public final class InstructionBytes {
  private InstructionBytes() {}

  /** Of all stages of a mapping. */
  public static long of(Mapping mapping) {
    return of(
        mapping.graph(),
        mapping.layers(),
        mapping.tilings(),
        mapping.accelerator(),
        Interruption.NEVER);
  }

  static long of(
      Graph graph,
      List<Layer> layers,
      List<Optional<Tiling>> tilings,
      Accelerator accelerator,
      Interruption interruption) {
    long bytes = 0;
    for (Stage stage : Stage.of(layers)) {
      bytes += stage.onAccelerator() ? of(graph, stage, tilings, accelerator, interruption) : 0;
    }
    return bytes;
  }

  /** Of a stage on the accelerator. */
  public static long of(Mapping mapping, Stage stage, Interruption interruption) {
    return of(mapping.graph(), stage, mapping.tilings(), mapping.accelerator(), interruption);
  }

  private static long of(
      Graph graph,
      Stage stage,
      List<Optional<Tiling>> tilings,
      Accelerator accelerator,
      Interruption interruption) {
    long bytes = accelerator.invocation().instructions().base();
    for (int index = stage.first(); index < stage.end(); index++) {
      interruption.checkAt(index);
      Layer layer = stage.layers().get(index - stage.first());
      bytes += of(graph, layer, tilings.get(index).orElseThrow(), accelerator);
    }
    return bytes;
  }

  private static long of(Graph graph, Layer layer, Tiling tiling, Accelerator accelerator) {
    Instructions instructions = accelerator.invocation().instructions();
    if (tiling.equals(Tiling.VIEW)) {
      boolean anew = Relayout.liesOtherwise(graph, layer) && Relayout.isOfMap(graph, layer);
      return anew ? instructions.perLayer() + instructions.perUneven() : 0;
    }
    Shape output = graph.tensor(layer.outputs().getFirst()).shape();
    Split split = tiling.split();
    long rows = output.rank() == 4 ? Math.ceilDiv(output.dim(1), split.rows()) : 1;
    long channels = Math.ceilDiv(Math.max(1, output.innermost()), split.channels());
    long blocks = Math.ceilDiv(channels, (long) accelerator.core().outputs());
    long once =
        instructions.perLayer()
            + rows * instructions.perRow()
            + blocks * instructions.perBlock()
            + ownParts(graph, layer, accelerator) * instructions.perPart();
    return once * repeats(graph, layer)
        + (isUneven(graph, layer, split, accelerator) ? instructions.perUneven() : 0)
        + classes(graph, layer, accelerator) * instructions.perSoftmax();
  }

  /** Steps of a recurrent layer are unrolled. */
  private static long repeats(Graph graph, Layer layer) {
    Node main = graph.nodes().get(layer.main());
    return main.operator() instanceof Operator.UnidirectionalLstm
        ? LoopNest.of(graph, main).map(LoopNest::repeats).orElse(1L)
        : 1;
  }

  /** PEs that take passes over the lanes of their own, of a single position or of each step. */
  private static long ownParts(Graph graph, Layer layer, Accelerator accelerator) {
    Node main = graph.nodes().get(layer.main());
    Shape output = graph.tensor(layer.outputs().getFirst()).shape();
    long channels = output.innermost();
    if (main.operator() instanceof Operator.UnidirectionalLstm) {
      channels = LoopNest.of(graph, main).map(LoopNest::outputs).orElse(channels);
    } else if (output.elements() != channels) {
      return 0;
    }
    long passes = Math.ceilDiv(Math.max(1, channels), (long) accelerator.core().outputs());
    return Math.min(accelerator.grid().pes(), passes);
  }

  /** Whether some PEs multiply for fewer rows or columns of a map than others, or for none. */
  private static boolean isUneven(Graph graph, Layer layer, Split split, Accelerator accelerator) {
    Shape output = graph.tensor(layer.outputs().getFirst()).shape();
    return LoopNest.of(graph, graph.nodes().get(layer.main())).isPresent()
        && output.rank() == 4
        && output.elements() != output.innermost()
        && (output.dim(1) % split.rows() != 0
            || output.dim(2) % split.columns() != 0
            || split.parts() < accelerator.grid().pes());
  }

  private static long classes(Graph graph, Layer layer, Accelerator accelerator) {
    Node main = graph.nodes().get(layer.main());
    return main.operator() instanceof Operator.Softmax && accelerator.vectorUnit().matrixSoftmax()
        ? Math.max(1, graph.output(main, 0).shape().innermost())
        : 0;
  }
}
