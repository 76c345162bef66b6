package dev.ppe.simulator.validation.claim;

import dev.ppe.simulator.validation.claim.Ibn.Form;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The blocks that claims are tried on: the shapes of networks for images, early to late. */
final class Sweep {
  /** Heights and widths. */
  static final List<Integer> SIZES = List.of(56, 28, 14, 7);

  static final List<Integer> CHANNELS = List.of(16, 32, 64, 96, 128, 192, 256);
  static final List<Integer> EXPANSIONS = List.of(2, 3, 4, 6, 8);
  private static final List<Integer> GROUPS = List.of(2, 3, 4, 6, 8, 16, 32, 64);
  private static final int LEAST_GROUP = 16;

  private Sweep() {}

  /** All depthwise blocks of one size; what is claimed of others is claimed against them. */
  static Stream<Ibn> depthwise(int size, int kernel) {
    return widths().map(shape -> Ibn.depthwise(size, shape.channels(), shape.expansion(), kernel));
  }

  /** All grouped blocks of one size, in this form. */
  static Stream<Ibn> grouped(int size, Form form, int kernel) {
    return widths()
        .flatMap(
            shape ->
                GROUPS.stream()
                    .map(
                        groups ->
                            new Ibn(
                                size, shape.channels(), shape.expansion(), form, groups, kernel)))
        .filter(Sweep::isWhole);
  }

  /** Whether the groups have whole numbers of channels on both sides, and not too few. */
  static boolean isWhole(Ibn block) {
    return block.channels() % block.groups() == 0
        && block.expanded() % block.groups() == 0
        && block.groupSize() >= LEAST_GROUP;
  }

  private record Widths(int channels, int expansion) {}

  private static Stream<Widths> widths() {
    return CHANNELS.stream()
        .flatMap(channels -> EXPANSIONS.stream().map(expansion -> new Widths(channels, expansion)));
  }

  /** The middle of some figures, the upper of two. */
  static double median(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("a median of nothing");
    }
    return sorted[sorted.length / 2];
  }
}
