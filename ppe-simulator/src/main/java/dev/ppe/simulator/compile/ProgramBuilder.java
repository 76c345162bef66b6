package dev.ppe.simulator.compile;

import dev.ppe.simulator.activity.Cause;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects instructions; a dependency on {@link #NONE} is none. */
final class ProgramBuilder {
  /** No instruction: what stands where a tensor or buffer was there from the start. */
  static final int NONE = -1;

  /** More than this and the network is no candidate for an edge device. */
  static final int MAX_INSTRUCTIONS = 500_000;

  private final Transfers transfers;
  private final List<Instruction> instructions = new ArrayList<>();

  private final List<Layer> layers;

  ProgramBuilder(Transfers transfers, List<Layer> layers) {
    this.transfers = transfers;
    this.layers = layers;
  }

  int add(int layer, Resource resource, Cause cause, long cycles, long bytes, Set<Integer> after) {
    if (instructions.size() == MAX_INSTRUCTIONS) {
      throw new CompilationException(
          layer == Instruction.NO_LAYER
              ? "graph"
              : "node \"%s\"".formatted(layers.get(layer).name()),
          "the program needs more than " + MAX_INSTRUCTIONS + " instructions up to here");
    }
    List<Integer> dependencies = new ArrayList<>(after);
    dependencies.removeIf(dependency -> dependency == NONE);
    instructions.add(new Instruction(layer, resource, cause, cycles, bytes, dependencies));
    return instructions.size() - 1;
  }

  int transfer(int layer, Resource route, Cause cause, long bytes, Set<Integer> after) {
    return add(layer, route, cause, transfers.cycles(route, bytes), bytes, after);
  }

  Program build(int layers) {
    return new Program(instructions, layers);
  }

  static Set<Integer> after(int... instructions) {
    Set<Integer> set = new LinkedHashSet<>();
    for (int instruction : instructions) {
      set.add(instruction);
    }
    return set;
  }

  /** Part {@code index} of {@code whole} cut into {@code parts} that add up to it. */
  static long part(long whole, int index, int parts) {
    return whole / parts + (index < whole % parts ? 1 : 0);
  }
}
