package dev.ppe.nas.backend;

import dev.ppe.nas.space.Point;
import java.util.List;

/**
 * A search algorithm. Suggestions come in batches, and each batch is told in whole, in its order,
 * before the next one is asked for:
 *
 * <pre>{@code
 * List<Point> batch = backend.suggest(16);
 * backend.tell(batch.stream().map(point -> new Observation(point, evaluate(point))).toList());
 * }</pre>
 *
 * <p>A backend that is asked and told the same again does the same again: so a search resumes, by
 * replaying what was recorded. Not safe for use by several threads.
 */
public interface Backend extends AutoCloseable {
  /**
   * Points to evaluate next, in the order of their trials.
   *
   * @param count so many at most, 1 or more
   * @return fewer, or none, if the space has no more points to try
   * @throws IllegalStateException if the batch before has not been told
   */
  List<Point> suggest(int count);

  /**
   * What became of the last batch.
   *
   * @param observations of all its points in their order
   * @throws IllegalArgumentException if they are not of those points
   */
  void tell(List<Observation> observations);

  /** Frees what the backend holds: connections of remote ones. */
  @Override
  default void close() {}
}
