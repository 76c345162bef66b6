package dev.ppe.nas.backend;

import dev.ppe.nas.space.Point;
import java.util.List;

/** Keeps to the order of suggestions and answers: what all back-ends share. */
public abstract class Turns implements Backend {
  private List<Point> open = List.of();

  @Override
  public final List<Point> suggest(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("asks for %d points, must be 1 or more".formatted(count));
    }
    requireTold();
    open = List.copyOf(next(count));
    return open;
  }

  @Override
  public final List<Point> suggestAgain(RecordedBatch batch) {
    requireTold();
    open = List.copyOf(nextAgain(batch));
    return open;
  }

  /** Fails while a batch is with whoever evaluates it. */
  final void requireTold() {
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          "%d suggested points have not been told".formatted(open.size()));
    }
  }

  @Override
  public final void tell(List<Observation> observations) {
    if (!observations.stream().map(Observation::point).toList().equals(open)) {
      throw new IllegalArgumentException(
          "%d points are told that are not the %d suggested ones in their order"
              .formatted(observations.size(), open.size()));
    }
    open = List.of();
    learn(observations);
  }

  /** The points of a batch, {@code count} at most. */
  protected abstract List<Point> next(int count);

  /** The points of a batch that was recorded; what would be suggested now, unless overridden. */
  protected List<Point> nextAgain(RecordedBatch batch) {
    return next(batch.asked());
  }

  /** What became of a batch. */
  protected abstract void learn(List<Observation> observations);
}
