package dev.ppe.simulator;

import java.util.Comparator;
import java.util.concurrent.CancellationException;

/** Lets a caller stop an evaluation: asked every few microseconds of work. */
@FunctionalInterface
public interface Interruption {
  /** Never stops anything. */
  Interruption NEVER = () -> {};

  /**
   * Returns if the work is still wanted.
   *
   * @throws CancellationException if it is not
   */
  void check();

  /**
   * The same for loops as long as a network whose steps are short: asks at every {@value
   * #STEPS_PER_CHECK}th.
   */
  default void checkAt(int step) {
    if (step % STEPS_PER_CHECK == 0) {
      check();
    }
  }

  /**
   * Told when a program has become {@value #LONG_PROGRAM} instructions long and goes on to grow:
   * some tens of megabytes, and up to a hundred, until it has been evaluated. May wait until there
   * is room for that.
   *
   * @throws CancellationException if the work is no longer wanted
   */
  default void beforeLongProgram() {}

  /** More than any network of the zoo has on any preset: 41,240 are the most. */
  int LONG_PROGRAM = 50_000;

  /** Of less than a microsecond. */
  int STEPS_PER_CHECK = 256;

  /**
   * Asks {@code question} at the first and every {@value #QUESTIONS_PER_LOOK}th check: for one that
   * looks at a clock, which takes longer than most steps. For one thread at a time.
   */
  static Interruption nowAndThen(Interruption question) {
    int[] asked = {0};
    return () -> {
      if (asked[0]++ % QUESTIONS_PER_LOOK == 0) {
        question.check();
      }
    };
  }

  /** There are some thousand checks in a millisecond of work. */
  int QUESTIONS_PER_LOOK = 8;

  /**
   * The same order, for sorts of lists as long as a network: it asks now and then.
   *
   * @throws CancellationException from a comparison
   */
  default <T> Comparator<T> whileComparing(Comparator<T> order) {
    int[] comparisons = {0};
    return (one, two) -> {
      if (++comparisons[0] % COMPARISONS_PER_CHECK == 0) {
        check();
      }
      return order.compare(one, two);
    };
  }

  /** Comparisons take some 20 nanoseconds. */
  int COMPARISONS_PER_CHECK = 1024;
}
