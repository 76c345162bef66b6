package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives buffers with known lifetimes offsets in one memory: largest first, each into the lowest gap
 * between the placed ones it meets in time (greedy by size; Pisarchyk and Lee, arXiv 2001.03288).
 * {@link Occupancy} finds the gaps.
 */
final class OffsetAllocator {
  private OffsetAllocator() {}

  /** The same buffers with their offsets, in the order of these. */
  static List<Buffer> allocate(List<Buffer> buffers, Interruption interruption) {
    int steps = buffers.stream().mapToInt(Buffer::lastStep).max().orElse(0) + 1;
    return allocate(buffers, new Occupancy(steps), interruption);
  }

  static List<Buffer> allocate(
      List<Buffer> buffers, Occupancy occupancy, Interruption interruption) {
    List<Buffer> largestFirst = new ArrayList<>(buffers);
    largestFirst.sort(
        interruption.whileComparing(
            Comparator.comparingLong(Buffer::bytes)
                .reversed()
                .thenComparingInt(Buffer::firstStep))); // then as given: the sort is stable
    List<Buffer> placed = new ArrayList<>(buffers.size());
    for (Buffer buffer : largestFirst) {
      interruption.check();
      Buffer inPlace = buffer.at(occupancy.lowestFree(buffer));
      occupancy.take(inPlace);
      placed.add(inPlace);
    }
    placed.sort( // among equals, the larger first
        interruption.whileComparing(Comparator.comparingLong(Buffer::offset)));
    return placed;
  }
}
