package dev.ppe.simulator.validation.claim;

import dev.ppe.simulator.validation.claim.Ibn.Form;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * F10-1. Reproduced if at one input size a GC-IBN of 3 x 3 kernels has {@link #MORE} times the
 * parameters and operations of a depthwise IBN between the same channels, at {@link #LESS} of its
 * latency: within a network, and of networks of such blocks end to end, which is what figure 10 has
 * measured. Partly if of the block alone.
 */
record MoreForLess() implements Claim {
  private static final double MORE = 4;
  private static final double LESS = 0.5;
  private static final int NETWORK = 8;

  @Override
  public String id() {
    return "F10-1";
  }

  @Override
  public String statement() {
    return "Some GC-IBNs have 4 times the parameters and operations of a depthwise IBN at half its"
        + " latency.";
  }

  private record Pair(Ibn depthwise, Ibn grouped, Cost less, Cost more) {
    double latency() {
      return more.micros() / less.micros();
    }

    boolean isMore() {
      return more.parameters() >= MORE * less.parameters() && more.macs() >= MORE * less.macs();
    }

    double endToEnd(Bench bench) {
      return bench.endToEnd(grouped, NETWORK) / bench.endToEnd(depthwise, NETWORK);
    }

    Exhibit exhibit(Bench bench) {
      return Exhibit.of(
          "%s %s for %s %s"
              .formatted(grouped.shape(), grouped.label(), depthwise.shape(), depthwise.label()),
          Measure.times("parameters", more.parameters() / less.parameters()),
          Measure.times("operations", (double) more.macs() / less.macs()),
          Measure.times("latency", latency()),
          Measure.times(NETWORK + " blocks, end to end", endToEnd(bench)));
    }
  }

  @Override
  public Answer examine(Bench bench) {
    List<Exhibit> exhibits = new ArrayList<>();
    List<Integer> reached = new ArrayList<>();
    List<Integer> reachedEndToEnd = new ArrayList<>();
    boolean faster = false;
    for (int size : Sweep.SIZES) {
      Optional<Pair> best = best(bench, size, Form.GROUPED, 3, true);
      best.ifPresent(pair -> exhibits.add(pair.exhibit(bench)));
      if (best.isPresent() && best.get().latency() <= LESS) {
        reached.add(size);
      }
      if (best.isPresent() && best.get().endToEnd(bench) <= LESS) {
        reachedEndToEnd.add(size);
      }
      faster |= best.isPresent() && best.get().latency() < 1;
    }
    int largest = Sweep.SIZES.getFirst();
    best(bench, largest, Form.GROUPED, 3, false)
        .ifPresent(pair -> exhibits.add(pair.exhibit(bench)));
    best(bench, largest, Form.GENERALIZED, 3, true)
        .ifPresent(pair -> exhibits.add(pair.exhibit(bench)));
    best(bench, largest, Form.GROUPED, 5, true)
        .ifPresent(pair -> exhibits.add(pair.exhibit(bench)));
    return new Answer(
        Verdict.of(!reached.isEmpty() && !reachedEndToEnd.isEmpty(), faster),
        "The fastest pair of each input size; then with other widths, with a 1x1 expansion kept, and"
            + " with 5x5 kernels. Latency is that of an inner block, which %s; that of networks of"
                .formatted(halves(reached))
            + " %d blocks, as figure 10 has them, has the fixed cost of an inference in both, and with 3x3 kernels and equal widths %s."
                .formatted(NETWORK, halves(reachedEndToEnd)),
        exhibits);
  }

  private static String halves(List<Integer> sizes) {
    return sizes.isEmpty() ? "nowhere halves" : "halves on maps of " + sizes(sizes);
  }

  private static String sizes(List<Integer> sizes) {
    return String.join(" and ", sizes.stream().map(size -> size + "x" + size).toList());
  }

  private static Optional<Pair> best(
      Bench bench, int size, Form form, int kernel, boolean sameChannels) {
    List<Ibn> others = Sweep.grouped(size, form, kernel).toList();
    return Sweep.depthwise(size, kernel)
        .flatMap(
            depthwise ->
                others.stream()
                    .filter(other -> !sameChannels || other.channels() == depthwise.channels())
                    .map(
                        other ->
                            new Pair(depthwise, other, bench.cost(depthwise), bench.cost(other))))
        .filter(Pair::isMore)
        .min(Comparator.comparingDouble(Pair::latency));
  }
}
