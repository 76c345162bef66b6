package dev.ppe.simulator.validation.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * F10-2. Reproduced if at every input size the median use of the multipliers falls from the fused
 * IBN over GC-IBNs of 2, 4 and 8 groups to the depthwise IBN, and 2 groups keep {@link #CLOSE} of
 * the fused one's.
 */
record UtilizationOrder() implements Claim {
  private static final double CLOSE = 0.85;
  private static final List<Integer> GROUPS = List.of(2, 4, 8);

  @Override
  public String id() {
    return "F10-2";
  }

  @Override
  public String statement() {
    return "A GC-IBN's use of the multipliers approaches a fused IBN's where groups are few.";
  }

  @Override
  public Answer examine(Bench bench) {
    List<Exhibit> exhibits = new ArrayList<>();
    boolean falls = true;
    boolean close = true;
    for (int size : Sweep.SIZES) {
      List<Ibn> fused =
          Sweep.depthwise(size, 3)
              .map(shape -> Ibn.fused(size, shape.channels(), shape.expansion(), 3))
              .filter(shape -> Sweep.isWhole(in(shape, GROUPS.getLast())))
              .toList();
      List<Measure> measures = new ArrayList<>();
      measures.add(use(bench, "fused", fused.stream()));
      for (int groups : GROUPS) {
        measures.add(use(bench, "gc g" + groups, fused.stream().map(shape -> in(shape, groups))));
      }
      measures.add(
          use(
              bench,
              "dw",
              fused.stream()
                  .map(shape -> Ibn.depthwise(size, shape.channels(), shape.expansion(), 3))));
      for (int i = 1; i < measures.size(); i++) {
        falls &= measures.get(i).value() <= measures.get(i - 1).value();
      }
      close &= measures.get(1).value() >= CLOSE * measures.getFirst().value();
      exhibits.add(
          new Exhibit("%1$dx%1$d, median of %2$d widths".formatted(size, fused.size()), measures));
    }
    return new Answer(
        Verdict.of(falls && close, falls || close),
        "Share of the multiply-accumulates possible in the time. All that have 8 groups of 16"
            + " channels or more.",
        exhibits);
  }

  private static Ibn in(Ibn shape, int groups) {
    return Ibn.grouped(shape.size(), shape.channels(), shape.expansion(), groups, 3);
  }

  private static Measure use(Bench bench, String name, Stream<Ibn> blocks) {
    return Measure.share(
        name, Sweep.median(blocks.mapToDouble(block -> bench.cost(block).utilization())));
  }
}
