package dev.ppe.simulator.validation.claim;

import java.util.List;
import java.util.stream.Stream;

/**
 * F10-3. Reproduced if at every input size halving the smallest groups gains less than half of what
 * halving the largest gains.
 */
record DiminishingReturns() implements Claim {
  private static final List<Integer> GROUP_SIZES = List.of(256, 128, 64, 32);

  @Override
  public String id() {
    return "F10-3";
  }

  @Override
  public String statement() {
    return "With small groups reuse is lost: returns of smaller groups diminish.";
  }

  @Override
  public Answer examine(Bench bench) {
    List<Halving> all =
        Stream.of(Sweep.SIZES.getFirst(), Sweep.SIZES.getLast())
            .flatMap(size -> GROUP_SIZES.stream().map(groups -> new Halving(size, groups)))
            .toList();
    long diminish =
        Sweep.SIZES.stream()
            .filter(
                size ->
                    gain(bench, size, GROUP_SIZES.getLast())
                        < gain(bench, size, GROUP_SIZES.getFirst()) / 2)
            .count();
    return new Answer(
        Verdict.of(diminish == Sweep.SIZES.size(), diminish > 0),
        "Medians over all widths. A core has %d lanes: groups of fewer output channels take turns."
            .formatted(bench.lanes()),
        all.stream().map(halving -> halving.exhibit(bench)).toList());
  }

  private static double gain(Bench bench, int size, int groupSize) {
    return 1 - new Halving(size, groupSize).latency(bench);
  }
}
