package dev.ppe.simulator.compile;

import dev.ppe.simulator.activity.Cause;
import java.util.List;

/**
 * One step of a program.
 *
 * @param layer the layer it belongs to, or {@link #NO_LAYER}
 * @param work what is done, and by which block
 * @param cause what its time counts as
 * @param dependencies earlier instructions that must have ended before it begins
 */
public record Instruction(int layer, Work work, Cause cause, List<Integer> dependencies) {
  /** For instructions that serve the whole inference. */
  public static final int NO_LAYER = -1;

  public Instruction {
    dependencies = List.copyOf(dependencies);
  }

  /** The block that it occupies. */
  public Resource resource() {
    return work.resource();
  }

  /** How much it moves, where it is a transfer. */
  public long bytes() {
    return work.bytes();
  }
}
