package dev.ppe.simulator.compile;

import dev.ppe.simulator.Interruption;
import dev.ppe.simulator.activity.Cause;
import dev.ppe.simulator.hardware.Accelerator;
import dev.ppe.simulator.job.Job;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects instructions; a dependency on {@link #NONE} is none. */
final class ProgramBuilder {
  /** No instruction: what stands where a tensor or buffer was there from the start. */
  static final int NONE = -1;

  /** More than this and the network is no candidate for an edge device. */
  static final int MAX_INSTRUCTIONS = 500_000;

  private final Accelerator accelerator;
  private final List<Layer> layers;
  private final Interruption interruption;
  private final List<Instruction> instructions = new ArrayList<>();

  ProgramBuilder(Accelerator accelerator, List<Layer> layers, Interruption interruption) {
    this.accelerator = accelerator;
    this.layers = layers;
    this.interruption = interruption;
  }

  int add(int layer, Work work, Cause cause, Set<Integer> after) {
    if (instructions.size() == MAX_INSTRUCTIONS) {
      throw tooLong(
          layer == Instruction.NO_LAYER
              ? "graph"
              : "node \"%s\"".formatted(layers.get(layer).name()));
    }
    if (instructions.size() == Interruption.LONG_PROGRAM) {
      interruption.beforeLongProgram();
    }
    instructions.add(new Instruction(layer, work, cause, existing(after)));
    return instructions.size() - 1;
  }

  /**
   * As many passes over a layer's weights as it needs, each of which takes an instruction or more.
   *
   * @throws CompilationException if no program could have so many
   */
  static int bounded(Layer layer, long count) {
    if (count > MAX_INSTRUCTIONS) {
      throw tooLong("node \"%s\"".formatted(layer.name()));
    }
    return Math.toIntExact(count);
  }

  private static CompilationException tooLong(String node) {
    return new CompilationException(
        node, "the program needs more than " + MAX_INSTRUCTIONS + " instructions up to here");
  }

  private static List<Integer> existing(Set<Integer> after) {
    Integer[] found = new Integer[after.size()];
    int count = 0;
    for (Integer dependency : after) {
      if (dependency != NONE) {
        found[count++] = dependency;
      }
    }
    return List.of(count == found.length ? found : Arrays.copyOf(found, count));
  }

  Program build() {
    return new Program(accelerator, instructions, layers.size());
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
    return Job.Part.even(whole, index, parts);
  }
}
