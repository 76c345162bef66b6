package dev.ppe.simulator.validation.claim;

import java.util.List;

/** The register of claims, all examined on the preset that they were made of. */
public final class Claims {
  /** What the command line calls them, beside the tables. */
  public static final String ID = "claims";

  private static final String PRESET = "tensor-g1";

  private static final List<Claim> ALL =
      List.of(
          new MoreForLess(),
          new UtilizationOrder(),
          new DiminishingReturns(),
          new NoFixedRule(),
          new FusedLate(),
          new LeastGroupSize(),
          new RegularAgainstDepthwise(),
          new DualBlock(),
          new ActivationBandwidth(),
          new FusedArgMax(),
          new MobileBertUse());

  private Claims() {}

  /** What the model says of each, now: a few seconds' work. */
  public static List<Finding> examine() {
    Bench bench = Bench.of(PRESET);
    return ALL.stream().map(claim -> claim.finding(bench)).toList();
  }
}
