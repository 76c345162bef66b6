package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.compile.MemoryPlan.Spill;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.hardware.PeMemory.Overflow;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What has no room in PE memory and has to lie somewhere whole from when it is made to when it is
 * read: in the parameter memory, if that is where it goes and all of it fits there, or off the
 * chip.
 *
 * @param whole those roots
 * @param bytes the most of them at a time
 * @param inParameterMemory whether they lie there
 */
record Overflowing(BitSet whole, long bytes, boolean inParameterMemory) {

  static Overflowing of(
      Graph graph,
      List<Layer> layers,
      Lifetimes lifetimes,
      Residence residence,
      Accelerator accelerator,
      List<Optional<Spill>> spills,
      Interruption interruption) {
    List<Integer> overflowing =
        IntStream.range(0, lifetimes.tensors())
            .filter(tensor -> lifetimes.lives(tensor) && spills.get(tensor).isPresent())
            .boxed()
            .sorted(Comparator.comparingInt(lifetimes::first))
            .toList();
    BitSet whole = new BitSet();
    overflowing.forEach(whole::set);
    boolean onChip = accelerator.peMemory().overflow() == Overflow.PARAMETER_MEMORY;
    if (onChip) {
      BitSet passedOn =
          Cascades.passedOn(
              graph, layers, lifetimes, residence, accelerator, overflowing, interruption);
      passedOn.stream()
          .filter(root -> lifetimes.made(root) || !isLarge(graph, accelerator, root))
          .forEach(whole::clear);
    }
    long bytes = mostBytes(graph, layers, lifetimes, whole);
    boolean fits = bytes <= accelerator.parameterMemory().cacheBytes();
    return new Overflowing(whole, bytes, onChip && fits);
  }

  /** An input that is larger than all PE memories is never passed on, as the vendor has it. */
  private static boolean isLarge(Graph graph, Accelerator accelerator, int input) {
    return graph.tensor(input).bytes() > accelerator.peMemory().bytes() * accelerator.grid().pes();
  }

  private static long mostBytes(
      Graph graph, List<Layer> layers, Lifetimes lifetimes, BitSet whole) {
    AliveBytes alive = new AliveBytes(layers.size());
    whole.stream()
        .forEach(
            root ->
                alive.add(lifetimes.first(root), lifetimes.last(root), graph.tensor(root).bytes()));
    return alive.most();
  }

  /** What of the parameter memory is not for parameters. */
  long takenBytes() {
    return inParameterMemory ? bytes : 0;
  }

  boolean isOffChip(int root) {
    return whole.get(root) && !inParameterMemory;
  }

  boolean isInParameterMemory(int root) {
    return whole.get(root) && inParameterMemory;
  }
}
