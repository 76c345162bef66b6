package dev.ppe.simulator.compile;

import dev.ppe.simulator.activity.Cause;
import java.util.List;

/**
 * One step of a program.
 *
 * @param layer the layer it belongs to, or {@link #NO_LAYER}
 * @param resource what it occupies
 * @param cause what its time counts as
 * @param cycles how long, in accelerator cycles
 * @param bytes how much it moves, where it is a transfer
 * @param dependencies earlier instructions that must have ended before it begins
 */
public record Instruction(
    int layer,
    Resource resource,
    Cause cause,
    long cycles,
    long bytes,
    List<Integer> dependencies) {
  /** For instructions that serve the whole inference. */
  public static final int NO_LAYER = -1;

  public Instruction {
    dependencies = List.copyOf(dependencies);
  }
}
