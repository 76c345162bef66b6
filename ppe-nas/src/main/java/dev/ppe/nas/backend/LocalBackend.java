package dev.ppe.nas.backend;

import java.util.List;

/**
 * A back-end of this process: a function of its seed, the numbers it was asked for and the outcomes
 * it was told.
 */
public abstract class LocalBackend extends Turns {
  /**
   * Goes on behind a search whose batches are not known, in the place of being asked and told them
   * again. What it suggests then is a function of its seed and of these.
   *
   * @param suggested how many points were suggested there, those that are under way included
   * @param known what became of the others, in the order of their trials
   * @param batch how many of them to learn from at a time, 1 or more
   * @param beforeBatch is run before each batch; what it throws ends the work
   * @throws IllegalStateException if a batch has been suggested and not been told
   */
  public final void recall(
      long suggested, List<Observation> known, int batch, Runnable beforeBatch) {
    requireTold();
    skip(suggested);
    for (int i = 0; i < known.size(); i += batch) {
      beforeBatch.run();
      learn(known.subList(i, Math.min(i + batch, known.size())));
    }
  }

  /** So many points were suggested elsewhere. */
  protected void skip(long suggested) {}
}
