package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.graph.Graph;
import dev.ppe.simulator.graph.Node;
import dev.ppe.simulator.hardware.Accelerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the compiler decided: what runs where, how it is cut, and what memory holds it.
 *
 * @param graph the canonical graph
 * @param accelerator what it is compiled for
 * @param layers fused operators in the order in which they run
 * @param tilings for each layer how it is cut; empty on the host
 * @param memory where tensors lie
 * @param crossings what passes between host and accelerator
 * @param work for each layer how it is worked through; empty on the host
 */
public record Mapping(
    Graph graph,
    Accelerator accelerator,
    List<Layer> layers,
    List<Optional<Tiling>> tilings,
    MemoryPlan memory,
    Crossings crossings,
    List<Optional<Passes>> work) {
  public Mapping {
    layers = List.copyOf(layers);
    tilings = List.copyOf(tilings);
    work = List.copyOf(work);
  }

  /**
   * With each layer's passes, found from the rest.
   *
   * @throws CompilationException if a layer cannot be cut into blocks that fit into the memory that
   *     there is, or into so many only that no program could have them
   */
  static Mapping of(
      Graph graph,
      Accelerator accelerator,
      List<Layer> layers,
      List<Optional<Tiling>> tilings,
      MemoryPlan memory,
      Crossings crossings,
      Interruption interruption) {
    Mapping without =
        new Mapping(graph, accelerator, layers, tilings, memory, crossings, List.of());
    List<Optional<Passes>> work = new ArrayList<>(layers.size());
    for (int index = 0; index < layers.size(); index++) {
      interruption.check();
      work.add(
          tilings.get(index).isPresent()
              ? Optional.of(PassPlanner.of(without, index))
              : Optional.empty());
    }
    return new Mapping(graph, accelerator, layers, tilings, memory, crossings, work);
  }

  /** How a layer on the accelerator is worked through. */
  public Passes passes(int index) {
    return work.get(index).orElseThrow();
  }

  /** How often an operand of a layer on the accelerator comes, where it is not in PE memory. */
  public int comes(int index, int input) {
    Passes passes = passes(index);
    SecondFactor factor = SecondFactor.of(this, index);
    boolean second = factor.tensor().isPresent() && factor.tensor().getAsInt() == input;
    return (second && !factor.isFirst() ? 0 : passes.rounds())
        + (second ? passes.second().times() : 0);
  }

  /** Cycles of a multiply-accumulate in the numbers that a layer computes with. */
  public int macCycles(Layer layer) {
    Node node = graph.nodes().get(layer.main());
    return node.hasInput(0) ? accelerator.macCycles(graph.input(node, 0).type()) : 1;
  }

  /** Bytes of parameters that stay on the chip. */
  public long cachedBytes() {
    return parameterBytes(true);
  }

  /** Bytes of parameters that every inference fetches. */
  public long streamedBytes() {
    return parameterBytes(false);
  }

  /**
   * Bytes of the parameter memory that the model takes: cached parameters, and room for its
   * instructions and for activations that overflow into it. Others that share it get the rest.
   */
  public long parameterMemoryBytes() {
    return Math.min(
        accelerator.parameterMemory().cacheBytes(), memory.takenBytes() + cachedBytes());
  }

  /**
   * Whether a tensor that passes between host and accelerator needs no transfer: it is off chip, in
   * memory that both reach.
   */
  public boolean staysShared(int tensor) {
    boolean memoryOfItsOwn = accelerator.hostLink().isPresent() && accelerator.dram().isPresent();
    return memory.offChip().get(tensor) && !memoryOfItsOwn;
  }

  /** Bytes of an input as the host sends it, with the rows that come twice. */
  public long inputBytes(int tensor) {
    return new Transfers(accelerator)
        .inputBytes(graph.tensor(tensor), memory.sentAgainBytes().get(tensor));
  }

  private long parameterBytes(boolean cached) {
    long sum = 0;
    for (int i = 0; i < layers.size(); i++) {
      sum += memory.cached().get(i) == cached ? memory.parameterBytes().get(i) : 0;
    }
    return sum;
  }
}
