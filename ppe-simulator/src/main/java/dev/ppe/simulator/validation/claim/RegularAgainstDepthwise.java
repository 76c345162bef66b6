package dev.ppe.simulator.validation.claim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * F10-7. Reproduced if, for some shape, the regular 3 x 3 convolution that opens a fused IBN is
 * {@link #SPEED} times as fast as the pointwise and depthwise ones that it replaces, with {@link
 * #OPERATIONS} times their operations or more. Partly if kernels have to be larger than those of
 * the paper's blocks, or where it is faster and by less.
 */
record RegularAgainstDepthwise() implements Claim {
  private static final double OPERATIONS = 7;
  private static final double SPEED = 3;
  private static final int KERNEL = 3;

  @Override
  public String id() {
    return "F10-7";
  }

  @Override
  public String statement() {
    return "A regular convolution may run 3 times as fast as a depthwise one with 7 times as many"
        + " operations.";
  }

  private record Comparison(Ibn regular, Cost more, Cost less) {
    static Comparison of(Bench bench, Ibn depthwise) {
      int kernel = depthwise.kernel();
      String window = "%1$dx%1$d".formatted(kernel);
      Ibn regular =
          Ibn.fused(depthwise.size(), depthwise.channels(), depthwise.expansion(), kernel);
      return new Comparison(
          regular,
          bench.cost(regular, List.of("conv" + window)),
          bench.cost(depthwise, List.of("expand", "dw" + window)));
    }

    double speed() {
      return less.micros() / more.micros();
    }

    double operations() {
      return (double) more.macs() / less.macs();
    }

    Exhibit exhibit() {
      return Exhibit.of(
          "%1$s to %2$d, conv%3$d for 1x1 and dw%3$d"
              .formatted(regular.shape(), regular.expanded(), regular.kernel()),
          Measure.times("operations", operations()),
          Measure.times("speed", speed()),
          Measure.share("use", more.utilization()),
          Measure.share("use before", less.utilization()));
    }
  }

  @Override
  public Answer examine(Bench bench) {
    List<Exhibit> exhibits = new ArrayList<>();
    List<String> best = new ArrayList<>();
    double most = 0;
    double mostClaimed = 0;
    for (int kernel : List.of(KERNEL, 5)) {
      double ofKernel = 0;
      for (int size : Sweep.SIZES) {
        Optional<Comparison> fastest =
            comparisons(bench, size, kernel).max(Comparator.comparingDouble(Comparison::speed));
        fastest.ifPresent(comparison -> exhibits.add(comparison.exhibit()));
        ofKernel = Math.max(ofKernel, fastest.map(Comparison::speed).orElse(0.0));
      }
      best.add(
          String.format(Locale.ROOT, "%1$.1f times with %2$d x %2$d kernels", ofKernel, kernel));
      most = Math.max(most, ofKernel);
      mostClaimed = kernel == KERNEL ? ofKernel : mostClaimed;
    }
    Optional<Comparison> slowest =
        comparisons(bench, Sweep.SIZES.getLast(), KERNEL)
            .min(Comparator.comparingDouble(Comparison::speed));
    slowest.ifPresent(comparison -> exhibits.add(comparison.exhibit()));
    boolean isOpposite = slowest.map(Comparison::speed).orElse(1.0) <= 1 / SPEED;
    return new Answer(
        Verdict.of(mostClaimed >= SPEED, most > 1),
        "At the most "
            + String.join(", ", best)
            + ". The fastest of each input size with 7 times the operations and more; the last one"
            + " shows that late in a network it is the other way round."
            + rule(most >= SPEED && isOpposite, mostClaimed >= SPEED),
        exhibits);
  }

  /** The rule that leaves the kernel open, beside the words. */
  private static String rule(boolean passes, boolean isReached) {
    return " Rule (d) of the block analysis, 3 times as fast for some shape with any kernel and the"
        + " opposite for a late one, %s. The words, of the paper's 3x3 kernels, %s."
            .formatted(passes ? "passes" : "does not pass", isReached ? "hold" : "do not hold");
  }

  private static Stream<Comparison> comparisons(Bench bench, int size, int kernel) {
    return Sweep.depthwise(size, kernel)
        .map(depthwise -> Comparison.of(bench, depthwise))
        .filter(comparison -> comparison.operations() >= OPERATIONS);
  }
}
