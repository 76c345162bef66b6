package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.Accelerator.Instructions;
import java.util.List;
import java.util.Optional;

/**
 * Bytes of instructions that the host sends for an inference: a program's, each layer's, and those
 * of the loops that are unrolled, over the rows of a PE's tile and over blocks of output channels.
 */
public final class InstructionBytes {
  private InstructionBytes() {}

  /** Of all stages of a mapping. */
  public static long of(Mapping mapping) {
    return of(mapping.graph(), mapping.layers(), mapping.tilings(), mapping.accelerator());
  }

  static long of(
      Graph graph, List<Layer> layers, List<Optional<Tiling>> tilings, Accelerator accelerator) {
    long bytes = 0;
    int start = 0;
    while (start < layers.size()) {
      int end = start + 1;
      int stage = layers.get(start).stage();
      while (end < layers.size() && layers.get(end).stage() == stage) {
        end++;
      }
      if (layers.get(start).onAccelerator()) {
        bytes += accelerator.invocation().instructions().base();
        for (int index = start; index < end; index++) {
          bytes += of(graph, layers.get(index), tilings.get(index).orElseThrow(), accelerator);
        }
      }
      start = end;
    }
    return bytes;
  }

  /** Of the stage with the layers from {@code start} to before {@code end}. */
  public static long of(Mapping mapping, int start, int end) {
    return of(
        mapping.graph(),
        mapping.layers().subList(start, end),
        mapping.tilings().subList(start, end),
        mapping.accelerator());
  }

  private static long of(Graph graph, Layer layer, Tiling tiling, Accelerator accelerator) {
    if (tiling.equals(Tiling.VIEW)) {
      return 0;
    }
    Instructions instructions = accelerator.invocation().instructions();
    Shape output = graph.tensor(layer.outputs().getFirst()).shape();
    Split split = tiling.split();
    long rows = output.rank() == 4 ? Math.ceilDiv(output.dim(1), split.rows()) : 1;
    long channels = Math.ceilDiv(Math.max(1, output.innermost()), split.channels());
    long blocks = Math.ceilDiv(channels, (long) accelerator.core().outputs());
    return instructions.perLayer()
        + rows * instructions.perRow()
        + blocks * instructions.perBlock();
  }
}
