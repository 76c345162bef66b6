package dev.ppe.simulator.compile;

import org.jspecify.annotations.Nullable;

/**
 * A layer and the hardware it is cut for: what memos that are shared look tilings up by. Its hash
 * is worked out once, and hardware that is the same object is not compared any further.
 */
public final class TilingKey {
  private final TilingHardware hardware;
  private final TilingProblem problem;
  private final int hash;

  /**
   * A key.
   *
   * @param hardware one object for equal hardware, or look-ups take longer
   * @param hardwareHash its hash
   */
  public TilingKey(TilingHardware hardware, int hardwareHash, TilingProblem problem) {
    this.hardware = hardware;
    this.problem = problem;
    this.hash = 31 * hardwareHash + problem.hashCode();
  }

  /** The layer. */
  public TilingProblem problem() {
    return problem;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TilingKey key
        && hash == key.hash
        && hardware.equals(key.hardware)
        && problem.equals(key.problem);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
