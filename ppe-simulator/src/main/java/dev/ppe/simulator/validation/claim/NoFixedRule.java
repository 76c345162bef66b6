package dev.ppe.simulator.validation.claim;

import dev.ppe.simulator.validation.claim.Ibn.Form;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * F10-4. Reproduced if the fastest block that has the parameters of a depthwise IBN of expansion 6
 * is another form or another number of groups for other shapes, and its gain differs by more than
 * {@link #STRONGLY} times.
 */
record NoFixedRule() implements Claim {
  private static final int EXPANSION = 6;
  private static final double STRONGLY = 2;
  private static final List<Integer> CHANNELS = List.of(16, 64, 128, 256);

  @Override
  public String id() {
    return "F10-4";
  }

  @Override
  public String statement() {
    return "Latency for parameters depends strongly on the shape; no block is always the best.";
  }

  @Override
  public Answer examine(Bench bench) {
    List<Exhibit> exhibits = new ArrayList<>();
    Set<String> winners = new TreeSet<>();
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int size : Sweep.SIZES) {
      for (int channels : CHANNELS) {
        Ibn depthwise = Ibn.depthwise(size, channels, EXPANSION, 3);
        Ibn best = best(bench, depthwise);
        double latency = bench.cost(best).micros() / bench.cost(depthwise).micros();
        winners.add(best.label());
        least = Math.min(least, latency);
        most = Math.max(most, latency);
        exhibits.add(
            Exhibit.of(
                "%s %s for %s".formatted(best.shape(), best.label(), depthwise.label()),
                Measure.times(
                    "parameters",
                    bench.cost(best).parameters() / bench.cost(depthwise).parameters()),
                Measure.times("latency", latency)));
      }
    }
    boolean several = winners.size() > 1;
    boolean strongly = most > STRONGLY * least;
    return new Answer(
        Verdict.of(several && strongly, several || strongly),
        "The fastest block with no fewer parameters than a depthwise IBN of expansion 6: %s."
            .formatted(String.join(", ", winners)),
        exhibits);
  }

  private static Ibn best(Bench bench, Ibn depthwise) {
    int size = depthwise.size();
    Stream<Ibn> plain =
        Sweep.EXPANSIONS.stream()
            .flatMap(
                expansion ->
                    Stream.of(
                        Ibn.depthwise(size, depthwise.channels(), expansion, 3),
                        Ibn.fused(size, depthwise.channels(), expansion, 3)));
    return Stream.concat(plain, Sweep.grouped(size, Form.GROUPED, 3))
        .filter(block -> block.channels() == depthwise.channels())
        .filter(block -> bench.cost(block).parameters() >= bench.cost(depthwise).parameters())
        .min(Comparator.comparingDouble(block -> bench.cost(block).micros()))
        .orElseThrow();
  }
}
