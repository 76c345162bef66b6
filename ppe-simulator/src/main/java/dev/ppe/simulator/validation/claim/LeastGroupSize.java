package dev.ppe.simulator.validation.claim;

import java.util.List;

/**
 * F10-6. Reproduced if at every input size groups of half the {@link #LEAST} make a block no more
 * than {@link #WORTHWHILE} faster.
 */
record LeastGroupSize() implements Claim {
  private static final int LEAST = 32;
  private static final double WORTHWHILE = 0.15;

  @Override
  public String id() {
    return "F10-6";
  }

  @Override
  public String statement() {
    return "Groups of fewer than 32 channels can be left out of a search.";
  }

  @Override
  public Answer examine(Bench bench) {
    List<Halving> halvings = Sweep.SIZES.stream().map(size -> new Halving(size, LEAST)).toList();
    long useless =
        halvings.stream().filter(halving -> halving.latency(bench) >= 1 - WORTHWHILE).count();
    return new Answer(
        Verdict.of(useless == halvings.size(), useless > 0),
        "Channels of a group are counted behind the convolution, as in the released networks.",
        halvings.stream().map(halving -> halving.exhibit(bench)).toList());
  }
}
