package dev.ppe.simulator.validation.claim;

import java.util.ArrayList;
import java.util.List;

/**
 * F10-9. Reproduced if a depthwise layer reads a byte of activations for every multiply-accumulate
 * and is more than twice as fast with a port of {@link #WIDER} times the width, while convolutions
 * in groups as wide as a core, and regular ones, read less than a tenth of that and gain less than
 * a tenth.
 */
record ActivationBandwidth() implements Claim {
  private static final int WIDER = 16;
  private static final int CHANNELS = 64;
  private static final int EXPANSION = 4;

  @Override
  public String id() {
    return "F10-9";
  }

  @Override
  public String statement() {
    return "Depthwise convolutions use the multipliers badly since each activation that is fetched"
        + " serves one output channel only; in a group convolution it serves the group.";
  }

  @Override
  public Answer examine(Bench bench) {
    Bench wide = bench.with("pe_memory.read_bytes_per_cycle", WIDER);
    int wholeCores = CHANNELS * EXPANSION / bench.lanes();
    List<Exhibit> exhibits = new ArrayList<>();
    boolean hungry = true;
    boolean sated = true;
    for (int size : Sweep.SIZES) {
      Layer depthwise = new Layer(Ibn.depthwise(size, CHANNELS, EXPANSION, 3), "dw3x3");
      Layer narrow = new Layer(Ibn.grouped(size, CHANNELS, EXPANSION, 4 * wholeCores, 3), "gc3x3");
      Layer grouped = new Layer(Ibn.grouped(size, CHANNELS, EXPANSION, wholeCores, 3), "gc3x3");
      Layer regular = new Layer(Ibn.fused(size, CHANNELS, EXPANSION, 3), "conv3x3");
      for (Layer layer : List.of(depthwise, narrow, grouped, regular)) {
        exhibits.add(layer.exhibit(bench, wide));
      }
      hungry &= depthwise.cost(bench).bytesPerMac() >= 1 && depthwise.speedup(bench, wide) > 2;
      for (Layer layer : List.of(grouped, regular)) {
        sated &= layer.cost(bench).bytesPerMac() < 0.1 && layer.speedup(bench, wide) < 1.1;
      }
    }
    return new Answer(
        Verdict.of(hungry && sated, hungry),
        "The spatial convolutions of IBNs alone, and what a port of %d times as many bytes a cycle"
                .formatted(WIDER)
            + " between PE memories and cores would do for them.",
        exhibits);
  }

  private record Layer(Ibn block, String name) {
    Cost cost(Bench bench) {
      return bench.cost(block, List.of(name));
    }

    double speedup(Bench bench, Bench wide) {
      return cost(bench).micros() / cost(wide).micros();
    }

    Exhibit exhibit(Bench bench, Bench wide) {
      return Exhibit.of(
          "%s in %s %s".formatted(name, block.shape(), block.label()),
          Measure.share("use", cost(bench).utilization()),
          Measure.bytes("bytes for a MAC", cost(bench).bytesPerMac()),
          Measure.times("speed with a wide port", speedup(bench, wide)));
    }
  }
}
