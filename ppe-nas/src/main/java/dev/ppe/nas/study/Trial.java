package dev.ppe.nas.study;

import dev.ppe.nas.objective.Metrics;
import dev.ppe.nas.objective.Objective;
import dev.ppe.nas.objective.Outcome;
import dev.ppe.nas.space.Point;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A candidate and what became of it.
 *
 * @param number from 0, in the order of suggestions
 * @param batch that it was suggested in, from 0
 * @param repeatOf the trial of the same point that was evaluated in its place
 */
public record Trial(long number, int batch, Point point, Result result, OptionalLong repeatOf) {

  /** What is known of a trial. */
  public sealed interface Result {}

  /** Suggested, and not evaluated yet. */
  public record Suggested() implements Result {}

  /** Evaluated. */
  public record Evaluated(Metrics metrics) implements Result {}

  /** It is no network, or cannot be evaluated. */
  public record Failed(String reason) implements Result {}

  static Trial suggested(long number, int batch, Point point) {
    return new Trial(number, batch, point, new Suggested(), OptionalLong.empty());
  }

  /** Whether there is an outcome. */
  public boolean isDone() {
    return !(result instanceof Suggested);
  }

  Trial with(Result other) {
    return new Trial(number, batch, point, other, OptionalLong.empty());
  }

  /** This trial with the result of another one of the same point. */
  Trial repeating(Trial other) {
    return new Trial(number, batch, point, other.result(), OptionalLong.of(other.number()));
  }

  /** The figures; empty unless it was evaluated. */
  public Optional<Metrics> metrics() {
    return result instanceof Evaluated(Metrics metrics) ? Optional.of(metrics) : Optional.empty();
  }

  /**
   * What an objective makes of it.
   *
   * @throws IllegalStateException if it is not done
   */
  public Outcome outcome(Objective objective) {
    return switch (result) {
      case Suggested suggested ->
          throw new IllegalStateException("trial " + number + " is not evaluated yet");
      case Failed(String reason) -> new Outcome.Failed(reason);
      case Evaluated(Metrics metrics) -> judged(objective, metrics);
    };
  }

  private static Outcome judged(Objective objective, Metrics metrics) {
    try {
      Outcome outcome = objective.judge(metrics);
      return outcome instanceof Outcome.Scored scored
              && !scored.scores().stream().allMatch(Double::isFinite)
          ? new Outcome.Failed("its score is " + scored.scores())
          : outcome;
    } catch (IllegalArgumentException e) { // a metric that is not there, or no number
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    }
  }
}
