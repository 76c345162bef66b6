package dev.ppe.simulator.compile;

import static dev.ppe.simulator.compile.ProgramBuilder.NONE;
import static dev.ppe.simulator.compile.ProgramBuilder.after;

import java.util.Set;

/** What parameters that each inference fetches have to wait for, from layer to layer. */
final class StagedParameters {
  private final boolean prefetch;

  /**
   * The two latest instructions that used staged parameters: each frees half the staging memory.
   */
  private int before = NONE;

  private int last = NONE;

  /** The latest instruction of the cores: where nothing is prefetched, parameters wait for it. */
  private int lastComputed = NONE;

  StagedParameters(boolean prefetch) {
    this.prefetch = prefetch;
  }

  /** Whether they come under other work, piece by piece. */
  boolean prefetch() {
    return prefetch;
  }

  /**
   * What the next piece waits for: room, where pieces are prefetched; else the operands too, and
   * all that the cores have done before.
   */
  Set<Integer> room(int invocation, Set<Integer> operands) {
    Set<Integer> after = after(invocation, before);
    if (!prefetch) {
      after.addAll(operands);
      after.add(lastComputed);
      after.add(last);
    }
    return after;
  }

  /** The latest piece is used up. */
  void used(int computed) {
    before = last;
    last = computed;
  }

  /** The cores are done with a layer. */
  void done(int computed) {
    lastComputed = computed;
  }
}
