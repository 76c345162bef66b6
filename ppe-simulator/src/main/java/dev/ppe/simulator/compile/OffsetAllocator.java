package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives buffers with known lifetimes offsets in one memory: largest first, each into the lowest gap
 * between the placed ones it meets in time (greedy by size; Pisarchyk and Lee, arXiv 2001.03288).
 */
final class OffsetAllocator {
  private OffsetAllocator() {}

  static List<Buffer> allocate(List<Buffer> buffers, Interruption interruption) {
    List<Buffer> largestFirst = new ArrayList<>(buffers);
    largestFirst.sort(
        Comparator.comparingLong(Buffer::bytes)
            .reversed()
            .thenComparingInt(Buffer::firstStep)); // then as given: the sort is stable
    List<Buffer> placed = new ArrayList<>(buffers.size()); // ordered by offset
    for (Buffer buffer : largestFirst) {
      interruption.check();
      long offset = 0;
      for (Buffer other : placed) {
        if (other.meets(buffer)) {
          if (other.offset() >= offset + buffer.bytes()) {
            break;
          }
          offset = Math.max(offset, other.offset() + other.bytes());
        }
      }
      insert(placed, buffer.at(offset));
    }
    return placed;
  }

  private static void insert(List<Buffer> placed, Buffer buffer) {
    int low = 0;
    int high = placed.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (placed.get(middle).offset() <= buffer.offset()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    placed.add(low, buffer);
  }
}
