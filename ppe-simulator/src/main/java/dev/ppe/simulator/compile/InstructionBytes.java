package dev.ppe.simulator.compile;

import dev.ppe.simulator.graph.Shape;
import dev.ppe.simulator.hardware.Accelerator.Instructions;
import java.util.Optional;

/**
 * Bytes of instructions that the host sends for an inference: a program's, each layer's, and those
 * of the loops that are unrolled, over the rows of a PE's tile and over blocks of output channels.
 */
public final class InstructionBytes {
  private InstructionBytes() {}

  /** Of all stages of a mapping. */
  public static long of(Mapping mapping) {
    long bytes = 0;
    int start = 0;
    while (start < mapping.layers().size()) {
      int end = start + 1;
      int stage = mapping.layers().get(start).stage();
      while (end < mapping.layers().size() && mapping.layers().get(end).stage() == stage) {
        end++;
      }
      bytes += mapping.layers().get(start).onAccelerator() ? of(mapping, start, end) : 0;
      start = end;
    }
    return bytes;
  }

  /** Of the stage with the layers from {@code start} to before {@code end}. */
  static long of(Mapping mapping, int start, int end) {
    Instructions instructions = mapping.accelerator().invocation().instructions();
    long bytes = instructions.base();
    for (int index = start; index < end; index++) {
      Optional<Tiling> tiling = mapping.tilings().get(index);
      if (tiling.isEmpty() || tiling.get().equals(Tiling.VIEW)) {
        continue;
      }
      Shape output =
          mapping.graph().tensor(mapping.layers().get(index).outputs().getFirst()).shape();
      Split split = tiling.get().split();
      long rows = output.rank() == 4 ? Math.ceilDiv(output.dim(1), split.rows()) : 1;
      long channels = Math.ceilDiv(Math.max(1, output.innermost()), split.channels());
      long blocks = Math.ceilDiv(channels, (long) mapping.accelerator().core().outputs());
      bytes +=
          instructions.perLayer() + rows * instructions.perRow() + blocks * instructions.perBlock();
    }
    return bytes;
  }
}
