package dev.ppe.simulator.validation.claim;

import dev.ppe.simulator.validation.claim.Ibn.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * F10-8. Reproduced if the dual GC-IBN, whose group convolution projects, is slower than the GC-IBN
 * of the same widths and groups, whose group convolution expands, at every input size in the
 * median. Both have the same parameters and operations.
 */
record DualBlock() implements Claim {
  @Override
  public String id() {
    return "F10-8";
  }

  @Override
  public String statement() {
    return "The dual GC-IBN, which fuses the projection, is worse than the GC-IBN.";
  }

  @Override
  public Answer examine(Bench bench) {
    List<Exhibit> exhibits = new ArrayList<>();
    int slower = 0;
    for (int size : Sweep.SIZES) {
      List<Ibn> blocks = Sweep.grouped(size, Form.GROUPED, 3).toList();
      double[] ratios =
          blocks.stream()
              .mapToDouble(block -> bench.cost(dual(block)).micros() / bench.cost(block).micros())
              .toArray();
      double median = Sweep.median(Arrays.stream(ratios));
      slower += median > 1 ? 1 : 0;
      exhibits.add(
          Exhibit.of(
              "%1$dx%1$d, %2$d widths and groups".formatted(size, ratios.length),
              Measure.times("median latency", median),
              Measure.times("least", Arrays.stream(ratios).min().orElseThrow()),
              Measure.times("most", Arrays.stream(ratios).max().orElseThrow()),
              Measure.share(
                  "slower",
                  Arrays.stream(ratios).filter(ratio -> ratio > 1).count()
                      / (double) ratios.length)));
    }
    return new Answer(
        Verdict.of(slower == Sweep.SIZES.size(), slower > 0),
        "Its groups give fewer channels than there are lanes: C / g and not e x C / g.",
        exhibits);
  }

  private static Ibn dual(Ibn block) {
    return new Ibn(block.size(), block.channels(), block.expansion(), Form.DUAL, block.groups(), 3);
  }
}
