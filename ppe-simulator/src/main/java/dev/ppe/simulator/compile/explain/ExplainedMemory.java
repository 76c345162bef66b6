package dev.ppe.simulator.compile.explain;

import dev.ppe.simulator.compile.Mapping;
import dev.ppe.simulator.compile.MemoryPlan;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import java.util.OptionalInt;

/**
 * How full the memories are.
 *
 * @param peBytes size of one PE's memory
 * @param peakBytes end of the highest buffer in it
 * @param lowerBoundBytes the most that lives at a time: no offsets can do with less
 * @param fullestLayer position of the first layer at which so much lives; empty if nothing does
 * @param cacheBytes what keeps parameters on the chip
 * @param cachedBytes parameters that stay there
 * @param takenBytes what instructions and activations take of it
 * @param streamedBytes parameters that every inference fetches, once each
 * @param offChipBytes activations off the chip, each once
 */
public record ExplainedMemory(
    long peBytes,
    long peakBytes,
    long lowerBoundBytes,
    OptionalInt fullestLayer,
    long cacheBytes,
    long cachedBytes,
    long takenBytes,
    long streamedBytes,
    long offChipBytes) {

  static ExplainedMemory of(Mapping mapping) {
    MemoryPlan plan = mapping.memory();
    long offChip =
        plan.activations().stream()
            .filter(a -> a.root() == a.tensor() && plan.offChip().get(a.tensor()))
            .mapToLong(a -> mapping.graph().tensor(a.tensor()).bytes())
            .sum();
    return new ExplainedMemory(
        mapping.accelerator().peMemory().bytes(),
        plan.peakBytes(),
        plan.lowerBoundBytes(),
        fullest(plan, mapping.layers().size()),
        mapping.accelerator().parameterMemory().cacheBytes(),
        mapping.cachedBytes(),
        plan.takenBytes(),
        mapping.streamedBytes(),
        offChip);
  }

  private static OptionalInt fullest(MemoryPlan plan, int layers) {
    long[] change = new long[layers + 1];
    for (Buffer buffer : plan.buffers()) {
      change[buffer.firstStep()] += buffer.bytes();
      change[buffer.lastStep() + 1] -= buffer.bytes();
    }
    long alive = 0;
    for (int layer = 0; layer < layers && plan.lowerBoundBytes() > 0; layer++) {
      alive += change[layer];
      if (alive == plan.lowerBoundBytes()) {
        return OptionalInt.of(layer);
      }
    }
    return OptionalInt.empty();
  }
}
