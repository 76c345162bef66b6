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
   * @throws BackendException if a server that suggests them does not answer as it should
   * @throws IllegalStateException if the batch before has not been told
   */
  List<Point> suggest(int count);

  /**
   * What became of the last batch.
   *
   * @param observations of all its points in their order
   * @throws IllegalArgumentException if they are not of those points
   * @throws BackendException if a server that is to learn of them does not answer as it should
   */
  void tell(List<Observation> observations);

  /**
   * What the back-end calls the points of the last batch, in their order, where it must hear of
   * them by these names in another process too; else empty. A search records them with the points.
   */
  default List<String> names() {
    return List.of();
  }

  /**
   * The points of a batch that was suggested, and recorded, in another process. A back-end that is
   * a function of what it was asked and told suggests them again; one whose state is elsewhere
   * takes them from the record.
   *
   * @throws IllegalStateException if the batch before has not been told
   */
  default List<Point> suggestAgain(RecordedBatch batch) {
    return suggest(batch.asked());
  }

  /** Frees what the backend holds: connections of remote ones. */
  @Override
  default void close() {}
}
