package dev.ppe.nas.cost;

import java.util.List;

/**
 * Samples to learn from and samples to check with: every fifth one that was drawn is held out. So
 * the share is 20 %, more samples leave those that were there where they were, and models of
 * different sizes are checked with the same ones.
 *
 * @param learn to learn from, in the order in which they were drawn
 * @param heldOut to check with
 */
public record Samples(List<Sample> learn, List<Sample> heldOut) {
  private static final int EVERY = 5;

  public Samples {
    learn = List.copyOf(learn);
    heldOut = List.copyOf(heldOut);
  }

  /** All samples there are, in the order in which they were drawn. */
  public static Samples of(List<Sample> samples) {
    return new Samples(
        samples.stream().filter(sample -> !isHeldOut(sample.number())).toList(),
        samples.stream().filter(sample -> isHeldOut(sample.number())).toList());
  }

  /** Whether the sample drawn as this one is held out. */
  public static boolean isHeldOut(long number) {
    return number % EVERY == EVERY - 1;
  }

  /** How many must be drawn for so many to learn from. */
  public static long drawn(long learn) {
    return learn + learn / (EVERY - 1);
  }
}
