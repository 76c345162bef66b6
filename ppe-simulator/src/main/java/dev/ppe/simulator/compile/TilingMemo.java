package dev.ppe.simulator.compile;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Remembers tilings. What is remembered is what a search would find again, so no answer depends on
 * it: it only saves time. One that outlives an evaluation is used by many threads at once.
 */
@FunctionalInterface
public interface TilingMemo {
  /** Remembers nothing. */
  TilingMemo NONE = hardware -> (problem, search) -> search.apply(problem);

  /** Remembers for as long as one network is compiled: layers of one shape are cut once. */
  TilingMemo PER_EVALUATION =
      hardware -> {
        Map<TilingProblem, Tiling> known = new HashMap<>();
        return known::computeIfAbsent;
      };

  /**
   * Bytes that a tiling takes at the most with its key, its hardware and its place in a table, for
   * memos that are bounded in bytes.
   */
  int ENTRY_BYTES = 1152;

  /** What is remembered of one kind of hardware; used by one thread. */
  Tilings on(TilingHardware hardware);

  /** The tilings of one kind of hardware. */
  @FunctionalInterface
  interface Tilings {
    /**
     * The best tiling of a layer.
     *
     * @param problem the layer
     * @param search finds it where it is not known; a pure function
     */
    Tiling best(TilingProblem problem, Function<TilingProblem, Tiling> search);
  }
}
