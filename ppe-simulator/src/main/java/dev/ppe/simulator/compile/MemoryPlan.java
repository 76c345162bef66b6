package dev.ppe.simulator.compile;

import java.util.List;

/**
 * Where activations and parameters lie.
 *
 * @param buffers activations in PE memory, in the order of their offsets
 * @param overflowing for each tensor of the graph, whether the PE memories have no room for it
 * @param offChip for each of those, whether it goes out after it is made and back when read; the
 *     others are in the parameter memory
 * @param peakBytes end of the highest buffer, in one PE
 * @param lowerBoundBytes largest sum of buffers alive at a time: no allocation can do with less
 * @param parameterBytes for each layer, its parameters as stored for the accelerator, padding
 *     included
 * @param cached for each layer, whether it has parameters and they stay on the chip from one
 *     inference to the next
 */
public record MemoryPlan(
    List<Buffer> buffers,
    List<Boolean> overflowing,
    List<Boolean> offChip,
    long peakBytes,
    long lowerBoundBytes,
    List<Long> parameterBytes,
    List<Boolean> cached) {
  public MemoryPlan {
    buffers = List.copyOf(buffers);
    overflowing = List.copyOf(overflowing);
    offChip = List.copyOf(offChip);
    parameterBytes = List.copyOf(parameterBytes);
    cached = List.copyOf(cached);
  }

  /**
   * A piece of every PE's memory for a while.
   *
   * @param what the tensor's name or what else it holds, for people
   * @param offset its first byte
   * @param bytes its size, in one PE
   * @param firstStep position of the first layer that needs it
   * @param lastStep position of the last layer that needs it
   */
  public record Buffer(String what, long offset, long bytes, int firstStep, int lastStep) {
    /** Whether both are needed at some time. */
    boolean meets(Buffer other) {
      return firstStep <= other.lastStep && other.firstStep <= lastStep;
    }

    Buffer at(long newOffset) {
      return new Buffer(what, newOffset, bytes, firstStep, lastStep);
    }
  }
}
