package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where activations and parameters lie.
 *
 * @param activations what layers on the accelerator make and read, by tensor
 * @param buffers what is in PE memory, in the order of the offsets
 * @param overflowing for each tensor of the graph, whether the PE memories have no room for it
 * @param offChip for each of those, whether it goes out after it is made and back when read
 * @param inParameterMemory for each of those, whether it lies in the parameter memory meanwhile.
 *     Those that are neither here nor there are never whole: layers pass them on block by block
 * @param sentAgainBytes for each tensor that the host sends, what of it comes twice since blocks
 *     side by side both need it
 * @param takenBytes what of the parameter memory is not for parameters: instructions, and what
 *     those activations take at a time
 * @param instructionBytes what the host sends of them for each inference
 * @param peakBytes end of the highest buffer, in one PE
 * @param lowerBoundBytes largest sum of buffers alive at a time: no allocation can do with less
 * @param parameterBytes for each layer, its parameters as stored for the accelerator, padding
 *     included
 * @param cached for each layer, whether it has parameters and they stay on the chip from one
 *     inference to the next
 * @param parameterPlacements for each layer, where they are and why
 */
public record MemoryPlan(
    List<Activation> activations,
    List<Buffer> buffers,
    List<Boolean> overflowing,
    List<Boolean> offChip,
    List<Boolean> inParameterMemory,
    List<Long> sentAgainBytes,
    long takenBytes,
    long instructionBytes,
    long peakBytes,
    long lowerBoundBytes,
    List<Long> parameterBytes,
    List<Boolean> cached,
    List<ParameterPlacement> parameterPlacements) {
  public MemoryPlan {
    activations = List.copyOf(activations);
    buffers = List.copyOf(buffers);
    overflowing = List.copyOf(overflowing);
    offChip = List.copyOf(offChip);
    inParameterMemory = List.copyOf(inParameterMemory);
    sentAgainBytes = List.copyOf(sentAgainBytes);
    parameterBytes = List.copyOf(parameterBytes);
    cached = List.copyOf(cached);
    parameterPlacements = List.copyOf(parameterPlacements);
  }

  /**
   * The buffers of those activations that have one, by tensor; what is written over an operand has
   * the operand's. Activations that look alike to the last byte and step are exchangeable.
   */
  public Map<Integer, Buffer> buffersByTensor() {
    Map<Buffer, Deque<Buffer>> alike = new HashMap<>();
    buffers.forEach(b -> alike.computeIfAbsent(b.at(0), key -> new ArrayDeque<>()).add(b));
    Map<Integer, Buffer> found = new HashMap<>();
    wanted(activations, Interruption.NEVER)
        .forEach(
            (place, wanted) -> {
              Buffer buffer = alike.getOrDefault(wanted, new ArrayDeque<>()).poll();
              if (buffer != null) {
                found.put(place, buffer);
              }
            });
    Map<Integer, Buffer> result = new HashMap<>();
    for (Activation activation : activations) {
      Buffer buffer = found.get(activation.place());
      if (activation.hasBytes() && buffer != null) {
        result.put(activation.tensor(), buffer);
      }
    }
    return result;
  }

  /**
   * The buffers that activations ask for, by the tensor that each is first for: without an offset,
   * and for as long as anything is in it.
   */
  static Map<Integer, Buffer> wanted(List<Activation> activations, Interruption interruption) {
    Map<Integer, Buffer> wanted = new LinkedHashMap<>();
    for (int i = 0; i < activations.size(); i++) {
      interruption.checkAt(i);
      Activation first = activations.get(i);
      if (first.hasBytes() && first.place() == first.tensor()) {
        wanted.put(first.tensor(), first.wanted());
      }
    }
    for (int i = 0; i < activations.size(); i++) {
      interruption.checkAt(i);
      Activation later = activations.get(i);
      if (later.hasBytes() && later.place() != later.tensor()) {
        wanted.computeIfPresent(later.place(), (place, buffer) -> buffer.until(later.lastStep()));
      }
    }
    return wanted;
  }

  /**
   * An activation that a layer on the accelerator makes or reads.
   *
   * @param tensor its index
   * @param name for people
   * @param root the tensor whose bytes it is another view of; itself if it has bytes of its own
   * @param place the tensor in whose place the root is in PE memory: itself, or an operand that it
   *     is written over, or what that was written over
   * @param bytes of the root in one PE
   * @param firstStep position of the first layer that needs the root
   * @param lastStep position of the last layer that needs the root
   * @param spill why the root is not in PE memory; empty if it is
   */
  public record Activation(
      int tensor,
      String name,
      int root,
      int place,
      long bytes,
      int firstStep,
      int lastStep,
      Optional<Spill> spill) {
    /** Whether it is in PE memory and no view. */
    boolean hasBytes() {
      return root == tensor && spill.isEmpty();
    }

    /** Whether it is written over an operand. */
    public boolean isInPlace() {
      return hasBytes() && place != tensor;
    }

    /** The buffer that it asks for, before it has an offset. */
    private Buffer wanted() {
      return new Buffer(name, 0, bytes, firstStep, lastStep);
    }
  }

  /**
   * Why an activation is not in PE memory: it was the largest alive where all together did not fit.
   *
   * @param step position of that layer
   * @param neededBytes what all would have taken, in one PE
   * @param capacityBytes what there is, less what gaps between buffers cost
   */
  public record Spill(int step, long neededBytes, long capacityBytes) {}

  /**
   * A piece of every PE's memory for a while.
   *
   * @param what the name of the tensor that it holds, or the first of them, or what else it holds,
   *     for people
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

    /** For as long as that too. */
    private Buffer until(int step) {
      return new Buffer(what, offset, bytes, firstStep, Math.max(lastStep, step));
    }

    Buffer at(long newOffset) {
      return new Buffer(what, newOffset, bytes, firstStep, lastStep);
    }
  }
}
