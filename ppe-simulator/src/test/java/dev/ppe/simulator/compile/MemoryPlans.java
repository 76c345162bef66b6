package dev.ppe.simulator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ppe.simulator.compile.MemoryPlan.Buffer;
import java.util.List;

/** Checks of memory plans that take nothing from the allocator. */
final class MemoryPlans {
  private MemoryPlans() {}

  /** Whether two buffers hold the same byte at the same step. */
  static boolean overlap(Buffer a, Buffer b) {
    boolean inTime = a.firstStep() <= b.lastStep() && b.firstStep() <= a.lastStep();
    boolean inSpace = a.offset() < b.offset() + b.bytes() && b.offset() < a.offset() + a.bytes();
    return inTime && inSpace && a.bytes() > 0 && b.bytes() > 0;
  }

  static void assertDisjoint(List<Buffer> buffers) {
    for (int i = 0; i < buffers.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(overlap(buffers.get(i), buffers.get(j)))
            .as("%s overlaps %s", buffers.get(i), buffers.get(j))
            .isFalse();
      }
    }
  }

  /** The largest sum of buffers that are needed in one step. */
  static long mostAlive(List<Buffer> buffers, int steps) {
    long most = 0;
    for (int step = 0; step < steps; step++) {
      int now = step;
      most =
          Math.max(
              most,
              buffers.stream()
                  .filter(buffer -> buffer.firstStep() <= now && now <= buffer.lastStep())
                  .mapToLong(Buffer::bytes)
                  .sum());
    }
    return most;
  }
}
