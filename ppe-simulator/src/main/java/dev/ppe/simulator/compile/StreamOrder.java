package dev.ppe.simulator.compile;

import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.ParameterMemory;
import java.util.List;
import java.util.Optional;

/**
 * What a layer keeps on the chip and what it streams, where neither its operands nor its parameters
 * have room there:
 *
 * <ul>
 *   <li>a block of its rows stays, and all parameters are fetched for it: once in each pass;
 *   <li>as many parameters stay as the staging memory holds (half of it where the next are to come
 *       meanwhile), and all blocks pass by: operands are fetched once for each such round, each
 *       round's results and parameters once. Smaller rounds would only fetch operands more often.
 * </ul>
 *
 * <p>Whichever moves fewer bytes over the way off the chip; a block, if neither does. Multiplying
 * takes the same time in both, and what PEs take from each other again is a small part of the
 * operands that come again, so that fewer bytes are fewer cycles. No rate is asked, so that a
 * faster way never changes the choice.
 *
 * <p>Blocks stay where the accelerator says so ({@link ParameterMemory#weightsStay}); where layers
 * pass on blocks to each other ({@link Cascades}); and in several rounds, which are of output
 * channels, where there are fewer channels than would fill the lanes in each round, where each step
 * needs all of those of the one before (recurrent layers), or an operand is added.
 */
final class StreamOrder {
  private static final int MOST_ROUNDS = 64;

  private StreamOrder() {}

  /**
   * In how many rounds parameters stay.
   *
   * @param streamed bytes of parameters to be fetched
   * @param passes over them, if a block stays
   * @param in bytes of operands that come from off the chip
   * @return 0 if a block stays
   */
  static int rounds(Mapping mapping, int index, long streamed, int passes, long in) {
    Accelerator accelerator = mapping.accelerator();
    boolean chosen = accelerator.parameterMemory().weightsStay() && !isPassedOn(mapping, index);
    if (streamed == 0 || passes == 1 || !chosen) {
      return 0;
    }
    long rounds = Math.ceilDiv(streamed, room(accelerator.parameterMemory()));
    boolean can =
        rounds == 1
            || (rounds <= MOST_ROUNDS
                && rounds * passes <= Passes.MOST_STEPS
                && rounds <= independentPasses(mapping, index));
    return can && isFewer(rounds, streamed, passes, in) ? Math.toIntExact(rounds) : 0;
  }

  private static boolean isFewer(long rounds, long streamed, int passes, long in) {
    return Math.addExact(streamed, Math.multiplyExact(rounds, in))
        < Math.addExact(Math.multiplyExact(streamed, passes), in);
  }

  private static long room(ParameterMemory memory) {
    return Math.max(1, memory.prefetch() ? memory.stagingBytes() / 2 : memory.stagingBytes());
  }

  /**
   * So many rounds can have channels of their own; none where channels are not independent of each
   * other.
   */
  private static long independentPasses(Mapping mapping, int index) {
    Layer layer = mapping.layers().get(index);
    boolean independent =
        layer.addend(mapping.graph()).isEmpty()
            && nest(mapping, layer).filter(nest -> nest.repeats() == 1).isPresent();
    Tiling tiling = mapping.tilings().get(index).orElseThrow();
    return independent ? passesOverLanes(mapping, layer, tiling) : 0;
  }

  /** How often a PE's lanes take output channels, one after the other; 0 if they never do. */
  static long passesOverLanes(Mapping mapping, Layer layer, Tiling tiling) {
    long lanes = mapping.accelerator().core().outputs();
    int parts = tiling.split().channels();
    return nest(mapping, layer)
        .map(nest -> nest.groups() * Math.ceilDiv(nest.outputs(), lanes * parts))
        .orElse(0L);
  }

  private static Optional<LoopNest> nest(Mapping mapping, Layer layer) {
    return LoopNest.of(mapping.graph(), mapping.graph().nodes().get(layer.main()));
  }

  /** Whether an operand or result is never whole. */
  private static boolean isPassedOn(Mapping mapping, int index) {
    Layer layer = mapping.layers().get(index);
    return isPassedOn(mapping, layer.inputs()) || isPassedOn(mapping, layer.outputs());
  }

  private static boolean isPassedOn(Mapping mapping, List<Integer> tensors) {
    MemoryPlan memory = mapping.memory();
    return tensors.stream()
        .anyMatch(
            tensor ->
                memory.overflowing().get(tensor)
                    && !memory.offChip().get(tensor)
                    && !memory.inParameterMemory().get(tensor));
  }
}
