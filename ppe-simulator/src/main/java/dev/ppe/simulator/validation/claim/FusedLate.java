package dev.ppe.simulator.validation.claim;

import java.util.ArrayList;
import java.util.List;

/**
 * F10-5. Reproduced if fused IBNs are faster than depthwise ones of the same widths on large maps
 * with few channels, slower on small maps with many, and use less of the multipliers there.
 */
record FusedLate() implements Claim {
  private static final int EXPANSION = 4;
  private static final List<Integer> EARLY = List.of(16, 32, 64);
  private static final List<Integer> LATE = List.of(128, 192, 256);

  @Override
  public String id() {
    return "F10-5";
  }

  @Override
  public String statement() {
    return "Fused IBNs become inefficient in late stages: deep channels, small maps.";
  }

  @Override
  public Answer examine(Bench bench) {
    int large = Sweep.SIZES.getFirst();
    int small = Sweep.SIZES.getLast();
    boolean early = EARLY.stream().allMatch(channels -> ratio(bench, large, channels) < 1);
    boolean late = LATE.stream().allMatch(channels -> ratio(bench, small, channels) > 1);
    boolean idle =
        LATE.stream().allMatch(channels -> use(bench, small, channels) < use(bench, large, 64));
    List<Exhibit> exhibits = new ArrayList<>();
    for (int size : Sweep.SIZES) {
      for (int channels : List.of(32, 64, 128, 192)) {
        Ibn fused = Ibn.fused(size, channels, EXPANSION, 3);
        exhibits.add(
            Exhibit.of(
                "%s %s for dw e%d".formatted(fused.shape(), fused.label(), EXPANSION),
                Measure.times("latency", ratio(bench, size, channels)),
                Measure.share("use", use(bench, size, channels)),
                Measure.count("MACs for a parameter", (double) size * size)));
      }
    }
    return new Answer(
        Verdict.of(early && late && idle, late || idle),
        "A parameter is fetched for as many multiply-accumulates as the map has positions.",
        exhibits);
  }

  private static double ratio(Bench bench, int size, int channels) {
    return bench.cost(Ibn.fused(size, channels, EXPANSION, 3)).micros()
        / bench.cost(Ibn.depthwise(size, channels, EXPANSION, 3)).micros();
  }

  private static double use(Bench bench, int size, int channels) {
    return bench.cost(Ibn.fused(size, channels, EXPANSION, 3)).utilization();
  }
}
