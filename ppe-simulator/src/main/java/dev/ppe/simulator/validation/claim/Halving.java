package dev.ppe.simulator.validation.claim;

import java.util.List;

/**
 * GC-IBNs of one input size with groups of so many expanded channels, and those with twice as many
 * groups.
 *
 * @param size height and width
 * @param groupSize before it is halved
 */
record Halving(int size, int groupSize) {
  private record Step(Ibn before, Ibn after) {}

  private List<Step> steps() {
    return Sweep.depthwise(size, 3)
        .filter(shape -> shape.expanded() % groupSize == 0 && shape.expanded() > groupSize)
        .map(shape -> new Step(in(shape, groupSize), in(shape, groupSize / 2)))
        .filter(step -> Sweep.isWhole(step.before()) && Sweep.isWhole(step.after()))
        .toList();
  }

  private Ibn in(Ibn shape, int channels) {
    return Ibn.grouped(size, shape.channels(), shape.expansion(), shape.expanded() / channels, 3);
  }

  /** Median latency with half the group size over that before; 1 is no gain. */
  double latency(Bench bench) {
    return Sweep.median(
        steps().stream()
            .mapToDouble(
                step -> bench.cost(step.after()).micros() / bench.cost(step.before()).micros()));
  }

  /** Median parameters likewise. */
  double parameters(Bench bench) {
    return Sweep.median(
        steps().stream()
            .mapToDouble(
                step ->
                    bench.cost(step.after()).parameters()
                        / bench.cost(step.before()).parameters()));
  }

  Exhibit exhibit(Bench bench) {
    return Exhibit.of(
        "%1$dx%1$d, groups of %2$d for %3$d".formatted(size, groupSize / 2, groupSize),
        Measure.times("parameters", parameters(bench)),
        Measure.times("latency", latency(bench)));
  }
}
