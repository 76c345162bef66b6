package dev.ppe.simulator.validation.claim;

import dev.ppe.simulator.validation.claim.Ibn.Form;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * F10-1. Reproduced if at one input size a GC-IBN of 3 x 3 kernels has {@link #MORE} times the
 * parameters and operations of a depthwise IBN, at {@link #LESS} of its latency: within a network,
 * and of networks of such blocks end to end, which is what figure 10 has measured. All pairs that
 * have the figures within a network are looked at end to end, whatever their widths. Partly if one
 * between the same channels is faster at all.
 */
record MoreForLess() implements Claim {
  private static final double MORE = 4;
  private static final double LESS = 0.5;

  /** Height and width of the figure's kernels. */
  private static final int KERNEL = 3;

  private static final int LARGER_KERNEL = 5;

  /** Blocks of a network: a choice of ours, the paper does not say how many it has. */
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

    boolean isOfOneWidth() {
      return grouped.channels() == depthwise.channels();
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
    List<Pair> halving = new ArrayList<>();
    boolean faster = false;
    for (int size : Sweep.SIZES) {
      List<Pair> pairs = pairs(bench, size, Form.GROUPED, KERNEL).toList();
      pairs.stream().filter(pair -> pair.latency() <= LESS).forEach(halving::add);
      Optional<Pair> best = fastest(pairs.stream().filter(Pair::isOfOneWidth));
      best.ifPresent(pair -> exhibits.add(pair.exhibit(bench)));
      faster |= best.isPresent() && best.get().latency() < 1;
    }
    int largest = Sweep.SIZES.getFirst();
    fastest(pairs(bench, largest, Form.GROUPED, KERNEL))
        .ifPresent(pair -> exhibits.add(pair.exhibit(bench)));
    fastest(pairs(bench, largest, Form.GENERALIZED, KERNEL).filter(Pair::isOfOneWidth))
        .ifPresent(pair -> exhibits.add(pair.exhibit(bench)));
    Optional<Pair> larger =
        fastest(pairs(bench, largest, Form.GROUPED, LARGER_KERNEL).filter(Pair::isOfOneWidth));
    larger.ifPresent(pair -> exhibits.add(pair.exhibit(bench)));
    List<Double> endToEnd = halving.stream().map(pair -> pair.endToEnd(bench)).toList();
    boolean isReached = endToEnd.stream().anyMatch(ratio -> ratio <= LESS);
    return new Answer(
        Verdict.of(isReached, faster),
        "The fastest pair of each input size; then with other widths, with a 1x1 expansion kept, and"
            + " with 5x5 kernels. Latency is that of an inner block. "
            + found(halving, endToEnd)
            + larger.map(pair -> rule(isReached, pair.endToEnd(bench))).orElse(""),
        exhibits);
  }

  private static String found(List<Pair> halving, List<Double> endToEnd) {
    if (halving.isEmpty()) {
      return "No pair with 3x3 kernels, of any widths, halves it.";
    }
    List<String> sizes =
        halving.stream()
            .map(pair -> pair.depthwise().size())
            .distinct()
            .map(size -> size + "x" + size)
            .toList();
    return String.format(
        Locale.ROOT,
        "Pairs with 3x3 kernels, of any widths, that halve it: %d, on maps of %s. Of these, pairs"
            + " that halve the latency of networks of %d blocks (the number is ours) end to end,"
            + " which has the fixed cost of an inference in both: %d; the best has %.2f times.",
        halving.size(),
        String.join(" and ", sizes),
        NETWORK,
        endToEnd.stream().filter(ratio -> ratio <= LESS).count(),
        Collections.min(endToEnd));
  }

  /** The rule that leaves the kernel open, beside the words. */
  private static String rule(boolean isReached, double larger) {
    return String.format(
        Locale.ROOT,
        " Rule (a) of the block analysis, the same end to end with any kernel, %s: with 5x5 kernels"
            + " it is %.2f times. The words, of the figure's 3x3 kernels, %s.",
        isReached || larger <= LESS ? "passes" : "does not pass",
        larger,
        isReached ? "hold" : "do not hold");
  }

  /** All that have more, of one size. */
  private static Stream<Pair> pairs(Bench bench, int size, Form form, int kernel) {
    List<Ibn> others = Sweep.grouped(size, form, kernel).toList();
    return Sweep.depthwise(size, kernel)
        .flatMap(
            depthwise ->
                others.stream()
                    .map(
                        other ->
                            new Pair(depthwise, other, bench.cost(depthwise), bench.cost(other))))
        .filter(Pair::isMore);
  }

  private static Optional<Pair> fastest(Stream<Pair> pairs) {
    return pairs.min(Comparator.comparingDouble(Pair::latency));
  }
}
